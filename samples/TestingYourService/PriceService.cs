using System.Collections.Concurrent;
using System.Globalization;
using ActorPool;

namespace TestingYourService;

/// <summary>Tells what things cost: within three seconds, and while the server is of no help, what they cost last.</summary>
public sealed class PriceService(IConnectionPool<IPriceConnection> pool, TimeProvider time)
{
    static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    // A question may be asked once more, at once: when a connection breaks, nobody notices.
    static readonly RetryOptions AskAgain =
        new() { MaxAttempts = 2, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero, IsIdempotent = true };

    readonly ConcurrentDictionary<string, Price> _known = new();

    /// <summary>The options of the pool, for production and for the tests.</summary>
    public static PoolOptions PoolOptions =>
        new() { Name = "prices", MinSize = 1, MaxSize = 2, AcquireTimeout = TimeSpan.FromSeconds(2) };

    /// <summary>What an item costs now, or cost last. Throws if neither is known.</summary>
    public async Task<Price> GetAsync(string item, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var amount = await pool.UseAsync(
                static (connection, item, token) => connection.AskAsync(item, token), item, AskAgain, either.Token);
            return _known[item] = new Price(amount, time.GetUtcNow());
        }
        catch (Exception error) when (error is PoolException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested
            && _known.ContainsKey(item))
        {
            return _known[item];
        }
    }

    /// <summary>Changes a price: once or not at all. Throws if it cannot.</summary>
    public async Task ChangeAsync(string item, decimal amount, CancellationToken cancellationToken = default) =>
        await pool.UseAsync((connection, token) => connection.ChangeAsync(item, amount, token), cancellationToken);

    /// <summary>What several items cost, line by line; put together on another thread.</summary>
    public async Task<string> ReportAsync(params string[] items)
    {
        var prices = await Task.WhenAll(items.Select(item => GetAsync(item)));
        return await Task.Run(() => string.Join('\n', items.Zip(
            prices, (item, price) => string.Create(CultureInfo.InvariantCulture, $"{item} {price.Amount}"))));
    }

    /// <summary>Ends the service: gives operations that are under way five seconds.</summary>
    public Task StopAsync() => pool.DrainAsync(TimeSpan.FromSeconds(5));
}

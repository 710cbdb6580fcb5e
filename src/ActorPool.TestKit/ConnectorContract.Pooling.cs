using ActorPool.TestKit.Contracts;
using Xunit;

namespace ActorPool.TestKit;

public abstract partial class ConnectorContract<TConnection>
{
    /// <summary>A pool of such connections whose server cuts all of them serves its callers again, and closes every socket in the end.</summary>
    [SkippableFact]
    public async Task A_pool_heals_when_every_connection_was_cut_and_leaves_no_socket_behind()
    {
        await using var stage = await ArrangeAsync();
        await using (var pool = ConnectionPool.Create(stage.Connector, PoolOptions()))
        {
            await stage.EndsAsync(pool.WarmUpAsync(4), "a warm-up");

            stage.Proxy.KillAll();

            // each of the connections may fail one caller, in whose hands it died
            var failures = 0;
            for (var served = 0; served < 8;)
            {
                if (await TryUseAsync(stage, pool, default) is { } error)
                {
                    Expect(++failures <= 4, $"four connections were cut, and a fifth caller failed: {error.GetType().Name}: {error.Message}");
                }
                else
                {
                    served++;
                }
            }
        }

        await stage.AllClosedAsync();
    }

    /// <summary>Callers who give up at any moment, on a line that is slow and unsteady, never cause another caller to read their answers.</summary>
    [SkippableFact]
    public async Task Among_callers_who_give_up_everybody_reads_the_own_answer()
    {
        await using var stage = await ArrangeAsync();
        await using (var pool = ConnectionPool.Create(stage.Connector, PoolOptions()))
        {
            await stage.EndsAsync(pool.WarmUpAsync(4), "a warm-up");
            stage.Proxy.Fault = Fault.Jitter(TimeSpan.FromMilliseconds(4));
            var served = 0;

            await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
            {
                var random = new SeededRandom((ulong)caller);
                for (var call = 0; call < 15; call++)
                {
                    using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(8) : 10_000));
                    if (await TryUseAsync(stage, pool, patience.Token) is null)
                    {
                        Interlocked.Increment(ref served);
                    }
                }
            }));

            stage.Proxy.Fault = Fault.None;
            Expect(served > 0, "nobody was served");
            await stage.EndsAsync(pool.UseAsync(UseAsync, default).AsTask(), "a use after the storm");
            var snapshot = pool.Snapshot();
            Expect(snapshot is { Leased: 0, Waiting: 0 }, $"nobody uses the pool any more, and it says: {snapshot}");
        }

        await stage.AllClosedAsync();
    }

    static PoolOptions PoolOptions() => new()
    {
        Name = "contract",
        MaxSize = 4,
        KeepaliveInterval = Timeout.InfiniteTimeSpan,
        ReconnectBackoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(1), Max = TimeSpan.FromMilliseconds(20) },
    };

    /// <summary>Uses the pool; null, or what the use threw. An answer to another question is not told, but thrown.</summary>
    async Task<Exception?> TryUseAsync(ContractStage<TConnection> stage, ConnectionPool<TConnection> pool, CancellationToken cancellationToken)
    {
        try
        {
            await stage.EndsAsync(pool.UseAsync(UseAsync, cancellationToken).AsTask(), "a use");
            return null;
        }
        catch (Exception error) when (error is not ExpectationException)
        {
            return error;
        }
    }
}

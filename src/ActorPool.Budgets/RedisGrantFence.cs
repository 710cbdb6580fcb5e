using System.Globalization;
using ActorPool.Budgets.Fences;
using ActorPool.Redis;

namespace ActorPool.Budgets;

/// <summary>
/// Ends a node's connections at a Redis: <c>CLIENT KILL ID</c> of those that <c>CLIENT LIST</c> shows under the node's name, until none is left or about a second has passed. The
/// user of its connections needs <c>CLIENT LIST</c>, <c>CLIENT KILL</c> and <c>CLIENT ID</c>.
/// </summary>
/// <param name="pool">
/// Connections to the server whose connections are counted: a small pool of the fence's own (<see cref="RedisPool.Create(RedisPoolOptions, PoolRuntime?)"/>, MaxSize 1) without the
/// budget, which may have nothing to give when the fence is needed, and under another name than any node's. Not disposed.
/// </param>
/// <param name="runtime">The clock; null is <see cref="PoolRuntime.Default"/>.</param>
public sealed class RedisGrantFence(IConnectionPool<RedisConnection> pool, PoolRuntime? runtime = null) : IGrantFence
{
    readonly IConnectionPool<RedisConnection> _pool = pool ?? throw new ArgumentNullException(nameof(pool));
    readonly TimeProvider _time = (runtime ?? PoolRuntime.Default).TimeProvider;

    /// <inheritdoc/>
    public ValueTask<int> EndAsync(string clientName, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        return EndAsync(name => name == clientName, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> EndOthersAsync(string clientNamePrefix, IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientNamePrefix);
        ArgumentNullException.ThrowIfNull(known);
        var stay = known.ToHashSet(StringComparer.Ordinal);
        return EndAsync(name => name.StartsWith(clientNamePrefix, StringComparison.Ordinal) && !stay.Contains(name), cancellationToken);
    }

    async ValueTask<int> EndAsync(Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        try
        {
            return await FenceWatch.EndAsync(
                _time,
                async () => await _pool.UseAsync((connection, token) => EndAndCountAsync(connection, isMeant, token), cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is PoolException or RedisErrorException or RedisProtocolException or IOException or TimeoutException)
        {
            throw new GrantStoreException($"The fence at Redis failed: {error.Message.ReplaceLineEndings(" ")} (pool '{_pool.Name}').", error);
        }
    }

    static async ValueTask<int> EndAndCountAsync(RedisConnection connection, Func<string, bool> isMeant, CancellationToken cancellationToken)
    {
        var own = (await connection.ExecuteAsync("CLIENT", ["ID"], cancellationToken).ConfigureAwait(false)).ThrowIfError().AsInt64();
        var list = (await connection.ExecuteAsync("CLIENT", ["LIST"], cancellationToken).ConfigureAwait(false)).ThrowIfError().AsString() ?? "";
        var ids = list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => isMeant(Field(line, "name")))
            .Select(static line => long.Parse(Field(line, "id"), CultureInfo.InvariantCulture))
            .Where(id => id != own)
            .ToArray();
        foreach (var id in ids)
        {
            (await connection.ExecuteAsync("CLIENT", ["KILL", "ID", id], cancellationToken).ConfigureAwait(false)).ThrowIfError();
        }

        return ids.Length;
    }

    // id=3 addr=127.0.0.1:36380 laddr=… fd=8 name=orders/a/0123abcd age=0 …
    static string Field(string line, string name) =>
        line.TrimEnd('\r').Split(' ').FirstOrDefault(field => field.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}

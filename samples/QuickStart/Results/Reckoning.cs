using ActorPool;

namespace QuickStart;

/// <summary>What is left of the pool when the day is over: every slot is leased at once, then the pool is drained.</summary>
sealed record Reckoning
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The pool with all its slots leased.</summary>
    public required PoolSnapshot Full { get; init; }

    /// <summary>How many slots nobody can lease any more; null if the server is not there to tell.</summary>
    public required int? SlotsLost { get; init; }

    /// <summary>Whether the drain ended in time.</summary>
    public required bool IsDrained { get; init; }

    /// <summary>Connections that the pool still has after the drain.</summary>
    public required int OpenInPool { get; init; }

    /// <summary>Sockets that the embedded server still has.</summary>
    public required int OpenAtServer { get; init; }

    public static async Task<Reckoning> TakeAsync(IConnectionPool<Stream> pool, EchoServer? server)
    {
        var slots = pool.Snapshot().MaxSize;
        var leases = await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => TryLeaseAsync(pool)));
        var full = pool.Snapshot();
        foreach (var lease in leases)
        {
            lease.Dispose();
        }

        var missing = leases.Count(lease => lease == default);
        var drain = pool.DrainAsync(Patience);
        await Task.WhenAny(drain, Task.Delay(2 * Patience));
        if (server is not null)
        {
            await server.WaitForLastGoodbyeAsync(Patience);
        }

        var drained = pool.Snapshot();
        return new Reckoning
        {
            Full = full,
            SlotsLost = missing == 0 || full.Health == PoolHealth.Healthy ? missing : null,
            IsDrained = drain.IsCompleted,
            OpenInPool = drained.Size,
            OpenAtServer = server?.Open ?? 0,
        };
    }

    static async Task<Lease<Stream>> TryLeaseAsync(IConnectionPool<Stream> pool)
    {
        try
        {
            return await pool.AcquireAsync(Patience);
        }
        catch (PoolException)
        {
            return default;
        }
    }
}

using ActorPool.Hosting.Pools;

namespace ActorPool.Hosting.Running;

/// <summary>
/// Has a pool know whether its server is there although nobody leases from it: one that loses its last connection otherwise
/// than by its own choice opens one anew. Without that a pool that keeps nothing open (<see cref="PoolOptions.MinSize"/> 0) would be
/// called healthy until the first caller fails.
/// </summary>
sealed class EndpointWatch
{
    readonly List<IDisposable> _subscriptions = [];

    /// <summary>Begins to watch.</summary>
    public void Begin(IReadOnlyList<HostedPool> pools)
    {
        foreach (var pool in pools.OfType<HostedEndpoint>().SelectMany(static endpoint => endpoint.Parts))
        {
            _subscriptions.Add(pool.Subscribe(happened => Look(pool, happened)));
        }
    }

    /// <summary>Watches no longer.</summary>
    public void End() => _subscriptions.ForEach(static subscription => subscription.Dispose());

    static void Look(IConnectionPool pool, PoolEvent happened)
    {
        if (happened is ConnectionClosed { Reason: CloseReason.ProbeFailed or CloseReason.Condemned or CloseReason.NotReusable or CloseReason.Fault }
            && pool.Overview() is { Size: 0, IsClosed: false, IsPaused: false, Health: PoolHealth.Healthy or PoolHealth.Failing })
        {
            _ = OpenAsync(pool);
        }
    }

    static async Task OpenAsync(IConnectionPool pool)
    {
        try
        {
            await pool.WarmUpAsync(1).ConfigureAwait(false);
        }
        catch (PoolException)
        {
            // it is known now; the pool goes on trying by itself, and tells when its server is back
        }
    }
}

namespace ActorPool.Hosting.Pools;

/// <summary>One pool, or one group of replicas, which looks like one.</summary>
sealed class HostedEndpoint(string name, object service, IConnectionPool pool) : HostedPool(name, service)
{
    public override IReadOnlyList<IConnectionPool> Parts { get; } = [pool];

    public override Task WarmUpAsync() => pool.WarmUpAsync();

    public override Task ReconfigureAsync(PoolOptions options)
    {
        options.Name = pool.Name; // which cannot be changed while it runs
        return pool.ReconfigureAsync(options);
    }

    public override Task DrainAsync(TimeSpan? deadline) => pool.DrainAsync(deadline);
}

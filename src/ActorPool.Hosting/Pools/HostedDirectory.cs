namespace ActorPool.Hosting.Pools;

/// <summary>A directory: pools that come with their first use, so that there is nothing to warm up.</summary>
sealed class HostedDirectory(
    string name,
    object service,
    Func<IReadOnlyList<IConnectionPool>> parts,
    Func<PoolOptions, Task> reconfigure,
    Func<TimeSpan?, Task> drain) : HostedPool(name, service)
{
    public override IReadOnlyList<IConnectionPool> Parts => parts();

    public override Task WarmUpAsync() => Task.CompletedTask;

    public override Task ReconfigureAsync(PoolOptions options) => reconfigure(options);

    public override Task DrainAsync(TimeSpan? deadline) => drain(deadline);
}

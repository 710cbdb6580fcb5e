namespace ActorPool.Hosting.Pools;

/// <summary>What the host does with one thing that was added: a pool, a group of replicas, or a directory of pools.</summary>
abstract class HostedPool(string name)
{
    public string Name => name;

    /// <summary>What it consists of at this moment: one picture for a pool or a group, one for each pool of a directory.</summary>
    public abstract IReadOnlyList<IConnectionPool> Parts { get; }

    /// <summary>Opens what is to be open from the start.</summary>
    public abstract Task WarmUpAsync();

    /// <summary>Gives it other options.</summary>
    /// <param name="options">A copy of its own.</param>
    public abstract Task ReconfigureAsync(PoolOptions options);

    public abstract Task DrainAsync(TimeSpan? deadline);
}

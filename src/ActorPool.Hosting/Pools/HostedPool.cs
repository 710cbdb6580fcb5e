namespace ActorPool.Hosting.Pools;

/// <summary>What the host does with one thing that was added: a pool, a group of replicas, or a directory of pools.</summary>
/// <param name="name">Its name, and the key of its services.</param>
/// <param name="service">What is injected.</param>
abstract class HostedPool(string name, object service)
{
    public string Name => name;

    public object Service => service;

    /// <summary>The budget over many machines that it shares; null if it has none.</summary>
    public IClusterBudget? Budget { get; set; }

    /// <summary>What it consists of at this moment: itself if it is a pool or a group, otherwise the pools of the directory.</summary>
    public abstract IReadOnlyList<IConnectionPool> Parts { get; }

    /// <summary>Opens what is to be open from the start.</summary>
    public abstract Task WarmUpAsync();

    /// <summary>Gives it other options.</summary>
    public abstract Task ReconfigureAsync(PoolOptions options);

    /// <summary>Closes it in good order.</summary>
    public abstract Task DrainAsync(TimeSpan? deadline);
}

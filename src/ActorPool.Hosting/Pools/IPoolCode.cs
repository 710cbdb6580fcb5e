namespace ActorPool.Hosting.Pools;

/// <summary>What code says of the options of a pool, in the places where it comes between what the configuration says.</summary>
interface IPoolCode
{
    /// <summary>Whether a pool has its connector from code, so that its object needs none.</summary>
    bool HasConnector(string name);

    /// <summary>Before everything that the configuration says.</summary>
    /// <param name="name">The pool.</param>
    /// <param name="begin">What it begins with, if code does not say.</param>
    PoolOptions Begin(string name, Func<PoolOptions> begin);

    /// <summary>After what the configuration says of all pools, and before what it says of this one.</summary>
    void Configure(string name, PoolOptions options);
}

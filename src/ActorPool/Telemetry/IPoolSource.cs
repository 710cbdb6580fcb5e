namespace ActorPool.Telemetry;

/// <summary>A pool that metrics are read from.</summary>
interface IPoolSource
{
    /// <summary>The pool's name.</summary>
    string Name { get; }

    /// <summary>The budget over many machines that the pool shares; null if it has none.</summary>
    IClusterBudget? ClusterBudget { get; }

    /// <summary>Fills in the numbers; from outside any turn. False if there are none at this moment.</summary>
    bool TryRead(PoolNumbers numbers);
}

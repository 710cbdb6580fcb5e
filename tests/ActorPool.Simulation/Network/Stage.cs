namespace ActorPool.Simulation.Network;

/// <summary>Where a connection is in its life.</summary>
enum Stage
{
    Opening = 0,
    Open,
    Closing,
    Closed,

    /// <summary>The pool has given it away.</summary>
    Detached,

    /// <summary>It never opened.</summary>
    Failed,
}

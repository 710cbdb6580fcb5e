namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>How far a connection is.</summary>
enum ConnectionStage
{
    /// <summary>Its place is taken; the deadline is looked at.</summary>
    Checked = 0,

    /// <summary>On its way to the server and back.</summary>
    Connecting,

    /// <summary>In a pool, and nobody uses it.</summary>
    Idle,

    /// <summary>Somebody uses it.</summary>
    Leased,

    /// <summary>On its way out.</summary>
    Closing,

    /// <summary>Its place is free again.</summary>
    Gone,
}

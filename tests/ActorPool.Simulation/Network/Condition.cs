namespace ActorPool.Simulation.Network;

/// <summary>How a server is.</summary>
enum Condition
{
    /// <summary>It serves.</summary>
    Up = 0,

    /// <summary>Nobody listens: opens are refused.</summary>
    Refusing,

    /// <summary>Nothing comes back: what is begun hangs until somebody gives it up.</summary>
    BlackHole,

    /// <summary>It accepts, and the connection is dead.</summary>
    AcceptingAndDying,

    /// <summary>It answers what no protocol knows.</summary>
    Babbling,

    /// <summary>It has as many connections as it takes.</summary>
    Full,

    /// <summary>It does not know who we are.</summary>
    Denying,
}

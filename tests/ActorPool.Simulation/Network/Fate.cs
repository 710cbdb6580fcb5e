namespace ActorPool.Simulation.Network;

/// <summary>How one operation goes, decided when it begins.</summary>
enum Fate
{
    /// <summary>It ends when the schedule says so, as the server then is.</summary>
    Normal = 0,

    /// <summary>It ends before it was awaited, as the server is.</summary>
    AtOnce,

    /// <summary>It takes two ends: a handshake that comes in parts.</summary>
    Slow,

    /// <summary>It is lost: it ends only when it is given up.</summary>
    Lost,

    /// <summary>It does not heed that it is given up: it ends when the schedule says so, and may even succeed.</summary>
    Deaf,

    /// <summary>It fails.</summary>
    Failing,
}

namespace ActorPool.Connections;

/// <summary>What can happen to a connection: the columns of <see cref="ConnectionTransitions"/>.</summary>
enum ConnectionEvent : byte
{
    /// <summary>The open has succeeded.</summary>
    Opened = 0,

    /// <summary>The open has failed.</summary>
    OpenFailed,

    /// <summary>The open, the probe or the reset takes too long.</summary>
    TimedOut,

    /// <summary>A probe or a reset begins.</summary>
    CheckStarted,

    /// <summary>The probe or the reset has passed.</summary>
    CheckPassed,

    /// <summary>The probe or the reset has failed.</summary>
    CheckFailed,

    /// <summary>It shall close, or this actor has failed.</summary>
    Close,

    /// <summary>Everything has ended.</summary>
    Ended,

    /// <summary>Its holder keeps it.</summary>
    Forgotten,
}

namespace ActorPool.Endpoints;

/// <summary>What can happen to a slot: the columns of <see cref="SlotTransitions"/>.</summary>
enum SlotEvent : byte
{
    /// <summary>A connection is to be opened in it.</summary>
    Open = 0,

    /// <summary>The connection has opened.</summary>
    Opened,

    /// <summary>The connection has failed to open, and nothing is left of it.</summary>
    OpenFailed,

    /// <summary>Its connection is leased.</summary>
    Take,

    /// <summary>Its connection, leased already, is leased once more.</summary>
    Join,

    /// <summary>One of several leases has ended.</summary>
    Part,

    /// <summary>The lease has ended, and the connection needs no reset.</summary>
    Return,

    /// <summary>The lease has ended, and the connection is to be reset.</summary>
    ReturnToReset,

    /// <summary>The lease has ended, and the connection is unfit for another.</summary>
    ReturnUnfit,

    /// <summary>The connection is to be probed.</summary>
    Probe,

    /// <summary>The probe or the reset has passed.</summary>
    Checked,

    /// <summary>The probe or the reset has failed; the connection is closing itself.</summary>
    CheckFailed,

    /// <summary>The connection must go: expired, condemned, not needed, given up.</summary>
    Retire,

    /// <summary>The holder keeps the connection; the pool forgets it.</summary>
    Detach,

    /// <summary>The connection has closed.</summary>
    Closed,
}

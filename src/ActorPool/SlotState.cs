namespace ActorPool;

/// <summary>What one slot of a pool is doing.</summary>
public enum SlotState
{
    /// <summary>Free: no connection, none on its way.</summary>
    Empty = 0,

    /// <summary>A connection is being opened.</summary>
    Opening,

    /// <summary>The connection is ready for a lease.</summary>
    Idle,

    /// <summary>The connection is leased.</summary>
    Leased,

    /// <summary>The connection is being probed.</summary>
    Probing,

    /// <summary>The connection was returned and is being reset.</summary>
    Resetting,

    /// <summary>The connection is leased and will be closed when it is returned.</summary>
    Doomed,

    /// <summary>The connection is being closed.</summary>
    Closing,
}

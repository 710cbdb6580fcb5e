namespace ActorPool;

/// <summary>What a wait for a connection was spent on.</summary>
public enum WaitCause
{
    /// <summary>Every connection was leased: somebody had to return one.</summary>
    Leases = 0,

    /// <summary>A connection was being opened.</summary>
    Opening,

    /// <summary>Opens had failed, and the next had to wait for its time (<see cref="PoolOptions.ReconnectBackoff"/>).</summary>
    Backoff,

    /// <summary>The pool had to wait for its budget (<see cref="PoolOptions.Budget"/>).</summary>
    Budget,

    /// <summary>The pool was paused.</summary>
    Pause,
}

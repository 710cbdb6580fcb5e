namespace ActorPool;

/// <summary>Why a connection left the pool and was closed.</summary>
public enum CloseReason
{
    /// <summary>Idle for longer than <see cref="PoolOptions.IdleTimeout"/>, above the minimum size.</summary>
    IdleTimeout = 0,

    /// <summary>Older than <see cref="PoolOptions.MaxLifetime"/>.</summary>
    MaxLifetime,

    /// <summary>Its holder met a fault or marked it faulty.</summary>
    Fault,

    /// <summary>It condemned itself, through <see cref="OpenContext.Condemn"/>: its peer closed it, bytes came that nobody had asked for.</summary>
    Condemned,

    /// <summary><see cref="IConnector{TConnection}.IsReusable"/> said no before it was handed out.</summary>
    NotReusable,

    /// <summary><see cref="IConnector{TConnection}.TryReturn"/> said no when it came back.</summary>
    NotReturned,

    /// <summary>A keepalive probe failed or took longer than <see cref="PoolOptions.KeepaliveTimeout"/>.</summary>
    ProbeFailed,

    /// <summary>The reset at return failed or took longer than <see cref="PoolOptions.ResetTimeout"/>.</summary>
    ResetFailed,

    /// <summary>It opened after its attempt had been given up (<see cref="PoolOptions.ConnectTimeout"/>).</summary>
    OpenedTooLate,

    /// <summary>Its pool has other options now (<see cref="ReconfigurePool"/>).</summary>
    Reconfigured,

    /// <summary>It was opened with credentials that are not the newest.</summary>
    CredentialsChanged,

    /// <summary>It was evicted (<see cref="EvictConnections"/>).</summary>
    Evicted,

    /// <summary>The pool became smaller than it was (<see cref="ResizePool"/>).</summary>
    Resized,

    /// <summary>More connections were idle for half of the time than are needed (<see cref="PoolOptions.PruneInterval"/>).</summary>
    Pruned,

    /// <summary>It was opened above the maximum size, and returned (<see cref="WhenExhausted.OpenTransient"/>).</summary>
    Transient,

    /// <summary>The budget wanted its grant back for another pool (<see cref="PoolOptions.Budget"/>).</summary>
    GivenBack,

    /// <summary>The budget ordered its grant back (<see cref="IBudgetMember.Recall"/>): it was lowered, or the node has been cut off from it.</summary>
    Recalled,

    /// <summary>Its lease lasted for longer than <see cref="PoolOptions.LeaseTimeout"/>.</summary>
    LeaseTimeout,

    /// <summary>Its lease was garbage-collected without having been returned (<see cref="PoolOptions.LeakDetection"/>).</summary>
    LeaseLost,

    /// <summary>The scope that its lease was bound to has ended (<see cref="LeaseScope"/>).</summary>
    HolderEnded,

    /// <summary>The pool was drained or disposed.</summary>
    PoolClosed,

    /// <summary>The actor in charge of it failed and was restarted: a defect in this library.</summary>
    ActorFailed,
}

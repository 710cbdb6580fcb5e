namespace ActorPool;

/// <summary>Why an operation of a pool failed, for programs.</summary>
public enum PoolFailureReason
{
    /// <summary>No connection became free in time.</summary>
    AcquireTimeout = 0,

    /// <summary>The endpoint has been failing for too long to wait for it.</summary>
    Unavailable,

    /// <summary>Opening failed in a way that waiting does not cure.</summary>
    ConnectFailed,

    /// <summary>Opening took too long.</summary>
    ConnectTimeout,

    /// <summary>Every connection is leased, and the pool does not let acquires wait.</summary>
    Exhausted,

    /// <summary>The pool is paused, and does not let acquires wait.</summary>
    Paused,

    /// <summary>As many acquires wait as may.</summary>
    QueueFull,

    /// <summary>The acquire had waited for too long under lasting overload.</summary>
    Shed,

    /// <summary>The scope that the lease was for has ended.</summary>
    HolderEnded,

    /// <summary>The lease was taken back.</summary>
    LeaseRevoked,

    /// <summary>The pool is closed or closing.</summary>
    Closed,

    /// <summary>The wait was cancelled; seen as <see cref="OperationCanceledException"/>.</summary>
    Cancelled,

    /// <summary>The supervisor failed and was restarted: a defect in this library.</summary>
    SupervisorFailed,

    /// <summary>The last of several attempts failed, or the retry budget is empty.</summary>
    RetriesExhausted,

    /// <summary>Credentials are configured, but none for this host.</summary>
    NoCredentials,
}

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

    /// <summary>The pool was drained or disposed.</summary>
    PoolClosed,

    /// <summary>The actor in charge of it failed and was restarted: a defect in this library.</summary>
    ActorFailed,
}

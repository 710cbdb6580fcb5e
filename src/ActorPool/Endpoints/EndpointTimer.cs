namespace ActorPool.Endpoints;

/// <summary>The keys of a supervisor's timers.</summary>
enum EndpointTimer
{
    /// <summary>The first deadline of the waiters.</summary>
    WaitExpires = 0,

    /// <summary>The end of the backoff.</summary>
    BackoffEnds,

    /// <summary>The first idle connection to become too old or too long idle.</summary>
    IdleExpires,

    /// <summary>The drain's deadline.</summary>
    DrainExpires,
}

namespace ActorPool.Endpoints;

/// <summary>The keys of a supervisor's timers.</summary>
enum EndpointTimer
{
    /// <summary>The first deadline of the waiters.</summary>
    WaitExpires = 0,

    /// <summary>Whether the line moves is looked at.</summary>
    QueueChecked,

    /// <summary>The end of the backoff.</summary>
    BackoffEnds,

    /// <summary>The next connection of the minimum may be opened.</summary>
    FillDue,

    /// <summary>The first idle connection to become too old or too long idle.</summary>
    IdleExpires,

    /// <summary>The idle ones are counted.</summary>
    IdleSampled,

    /// <summary>The first connection that needs a successor soon.</summary>
    RenewalDue,

    /// <summary>The credentials' provider wants to be asked again.</summary>
    CredentialsExpire,

    /// <summary>Whether a warm-up gets any further is looked at.</summary>
    WarmUpStalls,

    /// <summary>The budget's deadline, which has passed, is looked at again.</summary>
    DeadlineLooked,

    /// <summary>What is wanted of a budget is told again.</summary>
    WishesLooked,

    /// <summary>The first lease that lasts too long.</summary>
    LeaseOverdue,

    /// <summary>The end of the pause.</summary>
    PauseEnds,

    /// <summary>The drain's deadline.</summary>
    DrainExpires,
}

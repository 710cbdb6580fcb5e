namespace ActorPool.Endpoints;

/// <summary>What an <see cref="EndpointMessage"/> asks or reports. Commands are imperative, reports past tense.</summary>
enum EndpointRequest : byte
{
    /// <summary>A caller wants a lease.</summary>
    Acquire = 0,

    /// <summary>A caller was given a connection that turned out dead, and wants another from the head of the line.</summary>
    Reacquire,

    /// <summary>A holder gives its lease back.</summary>
    Release,

    /// <summary>A holder says that its connection must not be used again.</summary>
    MarkFaulty,

    /// <summary>A holder keeps its connection for good.</summary>
    Detach,

    /// <summary>A waiter's token was cancelled, or a blocked waiter's own wait has passed.</summary>
    AbandonWait,

    /// <summary>Somebody wants the pool's picture: a <see cref="SnapshotDraft"/>.</summary>
    TakeSnapshot,

    /// <summary>Somebody wants the pool in numbers.</summary>
    TakeOverview,

    /// <summary>Somebody collects metrics.</summary>
    ReadNumbers,

    /// <summary>Fill up to the minimum size.</summary>
    Fill,

    /// <summary>An operation of the pool: a <see cref="PoolCommand"/>.</summary>
    Execute,

    /// <summary>Somebody hands in a connection.</summary>
    Attach,

    /// <summary>A lease is garbage, so that nobody can return it.</summary>
    LeaseLost,

    /// <summary>A scope has ended, and with it the leases that are bound to it.</summary>
    HolderEnded,

    /// <summary>The budget grants connections.</summary>
    Granted,

    /// <summary>The budget wants grants back.</summary>
    GiveBack,

    /// <summary>The budget lets the pool keep so many connections, and no more.</summary>
    Recall,

    /// <summary>The credentials' provider has answered, or failed to.</summary>
    CredentialsKnown,

    /// <summary>A connection has opened.</summary>
    Opened,

    /// <summary>A connection has failed to open; nothing is left of it.</summary>
    OpenFailed,

    /// <summary>A connection took too long to open and is being given up.</summary>
    OpenTimedOut,

    /// <summary>A connection would like to be probed.</summary>
    ProbeDue,

    /// <summary>A probe or a reset has passed.</summary>
    Checked,

    /// <summary>A probe or a reset has failed; the connection is closing itself.</summary>
    CheckFailed,

    /// <summary>A connection must not be handed out again.</summary>
    Condemned,

    /// <summary>A connection has closed.</summary>
    Closed,

    /// <summary>One of the supervisor's timers is due.</summary>
    TimerDue,
}

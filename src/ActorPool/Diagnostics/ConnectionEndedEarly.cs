namespace ActorPool;

/// <summary>
/// A connection has ended a moment after it was opened, before it had served anybody: as at a server, or a proxy, that
/// accepts and closes. One may be an accident: the next is opened at once, and alone until it has served or stood for a second.
/// If it ends so too, it counts as an open that has failed. Of connections that were opened together the first to end is told.
/// </summary>
public sealed record ConnectionEndedEarly : PoolEvent
{
    internal ConnectionEndedEarly(string poolName, long connectionId, long ageMs, Exception error, PoolHealth health, long nextAttemptInMs)
        : base(poolName)
    {
        ConnectionId = connectionId;
        AgeMs = ageMs;
        Error = error;
        Health = health;
        NextAttemptInMs = nextAttemptInMs;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary>How long it was open.</summary>
    public TimeSpan Age => TimeSpan.FromMilliseconds(AgeMs);

    /// <summary>What ended it.</summary>
    public Exception Error { get; }

    /// <summary>The endpoint's health after it.</summary>
    public PoolHealth Health { get; }

    /// <summary>When the next open may start, counted from the end.</summary>
    public TimeSpan NextAttemptIn => TimeSpan.FromMilliseconds(NextAttemptInMs);

    internal long AgeMs { get; }

    internal long NextAttemptInMs { get; }
}

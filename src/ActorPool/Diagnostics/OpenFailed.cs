namespace ActorPool;

/// <summary>An open has failed.</summary>
public sealed record OpenFailed : PoolEvent
{
    internal OpenFailed(string poolName, long connectionId, Exception error, PoolHealth health, long nextAttemptInMs)
        : base(poolName)
    {
        ConnectionId = connectionId;
        Error = error;
        Health = health;
        NextAttemptInMs = nextAttemptInMs;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary>What went wrong.</summary>
    public Exception Error { get; }

    /// <summary>The endpoint's health after it.</summary>
    public PoolHealth Health { get; }

    /// <summary>When the next open may start, counted from the failure.</summary>
    public TimeSpan NextAttemptIn => TimeSpan.FromMilliseconds(NextAttemptInMs);

    internal long NextAttemptInMs { get; }
}

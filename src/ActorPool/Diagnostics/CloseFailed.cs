namespace ActorPool;

/// <summary>A connection did not close as it should, or not in time.</summary>
public sealed record CloseFailed : PoolEvent
{
    internal CloseFailed(string poolName, long connectionId, Exception error)
        : base(poolName)
    {
        ConnectionId = connectionId;
        Error = error;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary>What went wrong.</summary>
    public Exception Error { get; }
}

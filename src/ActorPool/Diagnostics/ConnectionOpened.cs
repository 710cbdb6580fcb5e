namespace ActorPool;

/// <summary>A connection has opened.</summary>
public sealed record ConnectionOpened : PoolEvent
{
    internal ConnectionOpened(string poolName, long connectionId)
        : base(poolName)
    {
        ConnectionId = connectionId;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }
}

namespace ActorPool;

/// <summary>A connection has opened above the maximum size (<see cref="WhenExhausted.OpenTransient"/>); it closes when it is returned.</summary>
public sealed record TransientOpened : PoolEvent
{
    internal TransientOpened(string poolName, long connectionId, int maxSize)
        : base(poolName)
    {
        ConnectionId = connectionId;
        MaxSize = maxSize;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary><see cref="PoolOptions.MaxSize"/>.</summary>
    public int MaxSize { get; }
}

using ActorPool.Endpoints;

namespace ActorPool;

/// <summary>A connection has closed.</summary>
public sealed record ConnectionClosed : PoolEvent
{
    internal ConnectionClosed(string poolName, long connectionId, CloseReason reason, TimeSpan age, long useCount, Exception? lastError, SlotTransition[] transitions, long atMs)
        : base(poolName)
    {
        ConnectionId = connectionId;
        Reason = reason;
        Age = age;
        UseCount = useCount;
        LastError = lastError;
        Transitions = transitions;
        AtMs = atMs;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary>Why.</summary>
    public CloseReason Reason { get; }

    /// <summary>How long it was open.</summary>
    public TimeSpan Age { get; }

    /// <summary>How often it was leased.</summary>
    public long UseCount { get; }

    /// <summary>The last error met on it; null if there was none.</summary>
    public Exception? LastError { get; }

    /// <summary>The flight recorder: its slot's last transitions, oldest first.</summary>
    public IReadOnlyList<string> History => Array.ConvertAll(Transitions, transition => transition.Describe(AtMs));

    internal SlotTransition[] Transitions { get; }

    internal long AtMs { get; }
}

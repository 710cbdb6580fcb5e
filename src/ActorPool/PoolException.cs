namespace ActorPool;

/// <summary>What a pool throws, apart from argument errors and cancellation. Its message has the numbers in it and says which option to look at.</summary>
public class PoolException : Exception
{
    internal PoolException(string message, string poolName, PoolFailureReason reason, PoolSnapshot? snapshot, Exception? inner = null)
        : base(message, inner)
    {
        PoolName = poolName;
        Reason = reason;
        Snapshot = snapshot;
    }

    /// <summary>The pool's name.</summary>
    public string PoolName { get; }

    /// <summary>Why, for programs.</summary>
    public PoolFailureReason Reason { get; }

    /// <summary>The pool when it failed; null for an open, which knows nothing of the pool.</summary>
    public PoolSnapshot? Snapshot { get; }
}

namespace ActorPool;

/// <summary>A lease was used after it had been taken back: it had lasted too long, its scope had ended, its pool was drained.</summary>
public sealed class LeaseRevokedException : PoolException
{
    internal LeaseRevokedException(string message, string poolName, CloseReason why)
        : base(message, poolName, PoolFailureReason.LeaseRevoked, snapshot: null) => Why = why;

    /// <summary>Why it was taken back.</summary>
    public CloseReason Why { get; }
}

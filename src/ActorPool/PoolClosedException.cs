namespace ActorPool;

/// <summary>The pool is closed, or was closed during the wait.</summary>
public sealed class PoolClosedException : PoolException
{
    internal PoolClosedException(string message, string poolName, PoolSnapshot? snapshot, Exception? inner = null)
        : base(message, poolName, PoolFailureReason.Closed, snapshot, inner)
    {
    }
}

namespace ActorPool;

/// <summary>
/// An acquire was not let wait: the line is full (<see cref="PoolOptions.MaxWaiters"/>), it was shed under lasting overload
/// (<see cref="PoolOptions.QueueTarget"/>), or acquires do not wait at all (<see cref="PoolOptions.WhenExhausted"/>).
/// <see cref="PoolException.Reason"/> says which.
/// </summary>
public sealed class PoolExhaustedException : PoolException
{
    internal PoolExhaustedException(string message, string poolName, PoolFailureReason reason, PoolSnapshot? snapshot, Exception? inner = null)
        : base(message, poolName, reason, snapshot, inner)
    {
    }
}

namespace ActorPool;

/// <summary>A connection was not open within <see cref="PoolOptions.ConnectTimeout"/>. Seen as the inner exception of the errors that acquirers get.</summary>
public sealed class ConnectTimeoutException : PoolException
{
    internal ConnectTimeoutException(string message, string poolName, PoolSnapshot? snapshot, Exception? inner = null)
        : base(message, poolName, PoolFailureReason.ConnectTimeout, snapshot, inner)
    {
    }
}

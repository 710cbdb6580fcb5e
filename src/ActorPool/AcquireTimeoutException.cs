namespace ActorPool;

/// <summary>No connection became free within the acquire's time limit. The message says who holds the connections, and the inner exception is the last failed open, if opens fail.</summary>
public sealed class AcquireTimeoutException : PoolException
{
    internal AcquireTimeoutException(string message, string poolName, PoolSnapshot? snapshot, WaitLedger ledger, Exception? inner = null)
        : base(message, poolName, PoolFailureReason.AcquireTimeout, snapshot, inner) => Ledger = ledger;

    /// <summary>Who had the connections, and what the wait was spent on.</summary>
    public WaitLedger Ledger { get; }
}

namespace ActorPool;

/// <summary>
/// The last attempt has failed with an error that would have been retried: no attempt is left, or the
/// <see cref="RetryBudget"/> is empty. The inner exception is the last attempt's. Not thrown where there was only one
/// attempt to begin with: that one's error is thrown as it is.
/// </summary>
public sealed class RetryExhaustedException : PoolException
{
    internal RetryExhaustedException(
        string message, string poolName, PoolSnapshot snapshot, int attempts, bool isBudgetEmpty, IReadOnlyList<RetryFailure> history)
        : base(message, poolName, PoolFailureReason.RetriesExhausted, snapshot, history[^1].Error)
    {
        Attempts = attempts;
        IsBudgetEmpty = isBudgetEmpty;
        History = history;
    }

    /// <summary>How many attempts were made.</summary>
    public int Attempts { get; }

    /// <summary>Whether attempts were left, but nothing in the <see cref="RetryOptions.Budget"/>.</summary>
    public bool IsBudgetEmpty { get; }

    /// <summary>Every failed attempt, in order; of more than 100 the last 100.</summary>
    public IReadOnlyList<RetryFailure> History { get; }
}

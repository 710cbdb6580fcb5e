namespace ActorPool.Retries;

/// <summary>What becomes of a call after a failed attempt.</summary>
enum RetryVerdict
{
    /// <summary>Another attempt.</summary>
    Retry = 0,

    /// <summary>The error is not one to retry.</summary>
    NotRetryable,

    /// <summary>No attempt is left.</summary>
    AttemptsExhausted,

    /// <summary>The retry budget is empty.</summary>
    BudgetEmpty,
}

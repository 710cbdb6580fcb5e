namespace ActorPool.Diagnostics;

/// <summary>The event of an <see cref="RetryOptions.OnFailure"/> that threw.</summary>
sealed record FailureCallbackFailed(string PoolName, Exception Error);

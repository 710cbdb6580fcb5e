using ActorPool.Retries;
using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>The event of a failed attempt of a call with retries.</summary>
sealed record AttemptFailed(RetryFailure Failure, int MaxAttempts, RetryVerdict Verdict, LogLevel Level);

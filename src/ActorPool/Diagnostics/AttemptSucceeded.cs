using Microsoft.Extensions.Logging;

namespace ActorPool.Diagnostics;

/// <summary>The event of a call that has succeeded after retries.</summary>
sealed record AttemptSucceeded(string PoolName, int Attempt, long? ConnectionId, long ElapsedMs, LogLevel Level);

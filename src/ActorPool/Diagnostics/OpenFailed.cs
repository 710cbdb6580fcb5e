namespace ActorPool.Diagnostics;

/// <summary>The event of an open that failed.</summary>
sealed record OpenFailed(string PoolName, long ConnectionId, Exception Error, PoolHealth Health, long NextAttemptInMs);

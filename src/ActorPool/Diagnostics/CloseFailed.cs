namespace ActorPool.Diagnostics;

/// <summary>The event of a connection that did not close as it should.</summary>
sealed record CloseFailed(string PoolName, long ConnectionId, Exception Error);

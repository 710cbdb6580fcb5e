namespace ActorPool.Diagnostics;

/// <summary>The event of a connection that has opened.</summary>
sealed record ConnectionOpened(string PoolName, long ConnectionId);

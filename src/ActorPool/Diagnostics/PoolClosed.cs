namespace ActorPool.Diagnostics;

/// <summary>The event of a pool whose last connection has closed.</summary>
sealed record PoolClosed(string PoolName);

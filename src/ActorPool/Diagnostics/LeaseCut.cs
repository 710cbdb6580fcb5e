namespace ActorPool.Diagnostics;

/// <summary>The event of a lease whose connection is closed under its holder, since the drain's patience is over.</summary>
sealed record LeaseCut(string PoolName, long ConnectionId, object? Holder, long SinceMs);

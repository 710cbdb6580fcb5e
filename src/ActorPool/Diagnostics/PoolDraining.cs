namespace ActorPool.Diagnostics;

/// <summary>The event of a pool that begins to close.</summary>
sealed record PoolDraining(string PoolName, int Leased, int Waiting);

namespace ActorPool.Diagnostics;

/// <summary>The event of the first open that succeeds after failures.</summary>
sealed record EndpointRecovered(string PoolName);

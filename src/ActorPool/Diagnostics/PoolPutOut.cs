namespace ActorPool.Diagnostics;

/// <summary>The event of a directory that drains a pool to stay within its limit.</summary>
sealed record PoolPutOut(string PoolName, string Directory, int PoolsMax, int Leased);

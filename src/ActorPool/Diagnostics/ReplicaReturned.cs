namespace ActorPool.Diagnostics;

/// <summary>The event of a member whose ejection is over.</summary>
sealed record ReplicaReturned(string PoolName, string Group);

namespace ActorPool.Diagnostics;

/// <summary>The event of a member that is left alone for a time.</summary>
sealed record ReplicaEjected(string PoolName, string Group, int Faults, long TimeMs, int Ejections);

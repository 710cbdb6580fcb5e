namespace ActorPool.Diagnostics;

/// <summary>The event of a member that has changed its role.</summary>
sealed record ReplicaRoleChanged(string PoolName, string Group, ReplicaRole Before, ReplicaRole Now);

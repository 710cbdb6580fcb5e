namespace ActorPool.Diagnostics;

/// <summary>The event of members that came or went because a name leads elsewhere.</summary>
sealed record ReplicasChanged(string Group, string[] Added, string[] Removed);

namespace ActorPool.Endpoints;

/// <summary>A lease that was taken back from its holder: which, why, and after how long.</summary>
sealed record Revocation(long Generation, CloseReason Reason, long HeldMs);

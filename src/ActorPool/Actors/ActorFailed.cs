namespace ActorPool.Actors;

/// <summary>The event of a turn that threw.</summary>
sealed record ActorFailed(string Actor, Exception Error);

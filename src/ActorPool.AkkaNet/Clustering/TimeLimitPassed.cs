namespace ActorPool.AkkaNet.Clustering;

/// <summary>A timer's message.</summary>
/// <param name="Use">Whose time limit has passed.</param>
sealed record TimeLimitPassed(PendingUse Use) : ILocalMessage;

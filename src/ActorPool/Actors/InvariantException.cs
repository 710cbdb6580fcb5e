namespace ActorPool.Actors;

/// <summary>Something that must always be true was not: a defect in this library, never in its user's code.</summary>
sealed class InvariantException(string broken) : Exception($"ActorPool is broken: {broken}. Please report this.");

namespace ActorPool;

/// <summary>Only the pool's picture.</summary>
public sealed record TakeSnapshot : PoolCommand;

namespace ActorPool;

/// <summary>Opens connections until so many are open, and is done then; fails when the endpoint is unavailable.</summary>
/// <param name="Connections">How many; null is <see cref="PoolOptions.MinSize"/>; more than <see cref="PoolOptions.MaxSize"/> is that.</param>
public sealed record WarmUpPool(int? Connections = null) : PoolCommand;

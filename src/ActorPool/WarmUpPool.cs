namespace ActorPool;

/// <summary>
/// Opens connections until so many are open, and is done then; fails when the endpoint is unavailable. Where a
/// <see cref="PoolOptions.Budget"/> has no more grants to spare it is done with fewer, once it has got no further for
/// <see cref="PoolOptions.ConnectTimeout"/> and <see cref="PoolOptions.FillStagger"/>; the picture it returns says with how many.
/// </summary>
/// <param name="Connections">How many; null is <see cref="PoolOptions.MinSize"/>; more than <see cref="PoolOptions.MaxSize"/> is that.</param>
public sealed record WarmUpPool(int? Connections = null) : PoolCommand;

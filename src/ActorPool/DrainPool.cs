namespace ActorPool;

/// <summary>Closes the pool: see <see cref="IConnectionPool.DrainAsync"/>. Done when every connection is closed.</summary>
/// <param name="Deadline">How long to wait for leases; null is <see cref="PoolOptions.DrainTimeout"/>.</param>
public sealed record DrainPool(TimeSpan? Deadline = null) : PoolCommand;

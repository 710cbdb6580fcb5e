namespace ActorPool;

/// <summary>The message that asks for a lease.</summary>
/// <param name="Timeout">The whole wait; null is <see cref="PoolOptions.AcquireTimeout"/>.</param>
/// <param name="Holder">Who will have the lease; its <see cref="object.ToString"/> names it in snapshots and errors. Null for nobody in particular. With a <see cref="LeaseScope"/> the lease is taken back when that ends.</param>
public readonly record struct AcquireLease(TimeSpan? Timeout = null, object? Holder = null);

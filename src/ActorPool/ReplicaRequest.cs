namespace ActorPool;

/// <summary>What one acquire wants of a replica group, where that differs from the group's options.</summary>
/// <param name="Key">Whose connection it is, for <see cref="RoutingStrategy.ConsistentHash"/>; null for nobody in particular. Other strategies ignore it.</param>
/// <param name="Role">Which members may serve; null is <see cref="ReplicaGroupOptions{TConnection}.Role"/>.</param>
/// <param name="Timeout">The whole wait; null is <see cref="PoolOptions.AcquireTimeout"/>.</param>
/// <param name="Holder">Who will have the lease. See <see cref="AcquireLease"/>.</param>
public readonly record struct ReplicaRequest(
    string? Key = null, TargetRole? Role = null, TimeSpan? Timeout = null, object? Holder = null);

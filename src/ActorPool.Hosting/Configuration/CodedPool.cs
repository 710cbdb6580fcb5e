namespace ActorPool.Hosting.Configuration;

/// <summary>What code says of a pool that configuration may say more about.</summary>
/// <param name="Basis">What its options begin with; copied.</param>
/// <param name="Configure">What code sets over the defaults of the configuration; the pool's own object comes after it.</param>
sealed record CodedPool(PoolOptions Basis, Action<PoolOptions> Configure);

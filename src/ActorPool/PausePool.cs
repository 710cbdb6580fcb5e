namespace ActorPool;

/// <summary>
/// No leases until the pool is resumed: acquires wait, or fail where <see cref="PoolOptions.WhenExhausted"/> says
/// <see cref="WhenExhausted.Throw"/>. Leases that are out go on, and the command does not wait for them.
/// </summary>
/// <param name="Limit">When the pause ends by itself; null is <see cref="PoolOptions.PauseLimit"/>. Pausing again sets it anew.</param>
public sealed record PausePool(TimeSpan? Limit = null) : PoolCommand;

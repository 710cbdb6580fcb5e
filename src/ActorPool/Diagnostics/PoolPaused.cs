namespace ActorPool;

/// <summary>The pool hands out no leases until it is resumed.</summary>
public sealed record PoolPaused : PoolEvent
{
    internal PoolPaused(string poolName)
        : base(poolName)
    {
    }
}

namespace ActorPool;

/// <summary>The pool hands out leases again.</summary>
public sealed record PoolResumed : PoolEvent
{
    internal PoolResumed(string poolName)
        : base(poolName)
    {
    }
}

namespace ActorPool;

/// <summary>The pool's last connection has closed.</summary>
public sealed record PoolClosed : PoolEvent
{
    internal PoolClosed(string poolName)
        : base(poolName)
    {
    }
}

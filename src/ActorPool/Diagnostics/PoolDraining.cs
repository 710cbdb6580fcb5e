namespace ActorPool;

/// <summary>The pool begins to close.</summary>
public sealed record PoolDraining : PoolEvent
{
    internal PoolDraining(string poolName, int leased, int waiting)
        : base(poolName)
    {
        Leased = leased;
        Waiting = waiting;
    }

    /// <summary>Leases that are out.</summary>
    public int Leased { get; }

    /// <summary>Waiters, which fail now.</summary>
    public int Waiting { get; }
}

namespace ActorPool;

/// <summary>The pool has other options: connections opened under the old ones are being replaced.</summary>
public sealed record PoolReconfigured : PoolEvent
{
    internal PoolReconfigured(string poolName, int generation)
        : base(poolName)
    {
        Generation = generation;
    }

    /// <summary>How often it has been reconfigured.</summary>
    public int Generation { get; }
}

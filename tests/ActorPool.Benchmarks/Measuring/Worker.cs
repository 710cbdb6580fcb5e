namespace ActorPool.Benchmarks.Measuring;

/// <summary>One task of a slice and what it has got.</summary>
sealed class Worker(Slice slice)
{
    PaddedCounter _leases;

    /// <summary>Whether to go on.</summary>
    public bool IsOn => slice.IsOn;

    /// <summary>How many leases it has had since it began.</summary>
    public long Leases => _leases.Read();

    /// <summary>How long it waited for them, while it counted.</summary>
    public WaitHistogram Waits { get; } = new();

    /// <summary>Had a lease.</summary>
    public void Count() => _leases.Increment();

    /// <summary>Had a lease, and waited for it.</summary>
    public void Count(long waitedTicks)
    {
        _leases.Increment();
        if (slice.Phase == Phase.Measuring)
        {
            Waits.Add(waitedTicks);
        }
    }
}

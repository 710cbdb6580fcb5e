namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// A short stretch of time in which one candidate is at work: what its workers look at between leases.
/// </summary>
sealed class Slice
{
    int _phase;

    public Phase Phase
    {
        get => (Phase)Volatile.Read(ref _phase);
        set => Volatile.Write(ref _phase, (int)value);
    }

    public bool IsOn => Phase != Phase.Over;
}

namespace ActorPool.Telemetry;

/// <summary>
/// What is kept of one acquire, and then of its lease, while anybody measures or traces. The default is that nobody does. Two
/// words that travel with the acquire from its caller to its waiter or seat, so that keeping it allocates nothing.
/// </summary>
readonly struct Observation
{
    // One more than the time, which may be zero.
    readonly long _stamp;

    /// <param name="at">The time, in the ticks of the clock's provider.</param>
    /// <param name="trace">For the spans; null if nobody traces.</param>
    public Observation(long at, LeaseTrace? trace)
    {
        _stamp = at + 1;
        Trace = trace;
    }

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsOn => _stamp != 0;

    /// <summary>When the acquire began; of a seat: when the lease began.</summary>
    public long At => _stamp - 1;

    /// <summary>For the spans; null if nobody traces.</summary>
    public LeaseTrace? Trace { get; }
}

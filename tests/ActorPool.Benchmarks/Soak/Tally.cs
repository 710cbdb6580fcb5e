namespace ActorPool.Benchmarks.Soak;

/// <summary>What the callers of one subject have met.</summary>
sealed class Tally
{
    const int ViolationsKept = 10;

    readonly Lock _lock = new();
    readonly List<string> _violations = [];
    long _longestOverrunTicks;

    /// <summary>Leases that callers got.</summary>
    public long Leases;

    /// <summary>Questions that were answered, and right.</summary>
    public long Served;

    /// <summary>Acquires that waited until their time was up.</summary>
    public long TimedOut;

    /// <summary>Acquires that failed otherwise: the endpoint is down, or the pool was closed.</summary>
    public long Refused;

    /// <summary>Acquires and questions that the caller gave up.</summary>
    public long Cancelled;

    /// <summary>Questions that failed with their connection.</summary>
    public long Broken;

    /// <summary>Answers that belonged to somebody else.</summary>
    public long Wrong;

    /// <summary>How much longer than it was allowed the slowest acquire took to end.</summary>
    public TimeSpan LongestOverrun => TimeSpan.FromTicks(Interlocked.Read(ref _longestOverrunTicks));

    /// <summary>The first things that must not be.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    public void NoteOverrun(TimeSpan overrun)
    {
        long longest;
        while (overrun.Ticks > (longest = Interlocked.Read(ref _longestOverrunTicks))
            && Interlocked.CompareExchange(ref _longestOverrunTicks, overrun.Ticks, longest) != longest)
        {
        }
    }

    /// <summary>Something happened that must not.</summary>
    public void Violate(string what)
    {
        lock (_lock)
        {
            if (_violations.Count < ViolationsKept)
            {
                _violations.Add(what);
            }
        }
    }
}

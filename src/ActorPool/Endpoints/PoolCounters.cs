namespace ActorPool.Endpoints;

/// <summary>What a supervisor counts since its pool was made.</summary>
sealed class PoolCounters
{
    public long AcquiredAfterWait;
    public long WaitMs;
    public long TimedOut;
    public long Cancelled;
    public long Rejected;
    public long Shed;
    public long Unavailable;
    public long Revoked;
    public long Lost;
    public long TransientsOpened;
    public long RepeatedReleases;
    public long Opened;
    public long OpensFailed;
    public long EndedEarly;
    public readonly long[] ClosedByReason = new long[Enum.GetValues<CloseReason>().Length];

    IReadOnlyDictionary<CloseReason, long> _closed = new Dictionary<CloseReason, long>();
    long _closedCount;

    /// <summary>The reasons that have occurred, with how often. Never changed: the same until another connection is closed.</summary>
    public IReadOnlyDictionary<CloseReason, long> Closed()
    {
        var count = 0L;
        foreach (var ofReason in ClosedByReason)
        {
            count += ofReason;
        }

        if (count != _closedCount)
        {
            _closedCount = count;
            _closed = ClosedByReason.Index().Where(static entry => entry.Item > 0).ToDictionary(static entry => (CloseReason)entry.Index, static entry => entry.Item);
        }

        return _closed;
    }
}

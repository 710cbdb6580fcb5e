namespace ActorPool.Telemetry;

/// <summary>
/// A pool in numbers, for metrics: what a <see cref="PoolSnapshot"/> says without its connections. Filled in one turn of the
/// supervisor, so that the numbers belong together, and used again for the next pool.
/// </summary>
sealed class PoolNumbers
{
    public PoolHealth Health;
    public int MinSize;
    public int MaxSize;
    public int IdleMax;
    public int Idle;
    public int Leased;
    public int Opening;
    public int Probing;
    public int Resetting;
    public int Closing;
    public int Waiting;
    public long OldestWaitMs;
    public long Acquired;
    public long AcquiredAfterWait;
    public long TimedOut;
    public long Cancelled;
    public long Rejected;
    public long Shed;
    public long Unavailable;
    public long Revoked;
    public long Lost;
    public long RepeatedReleases;
    public long Opened;
    public long OpensFailed;

    /// <summary>What the budget has granted; null if there is none.</summary>
    public int? Granted;

    public readonly long[] ClosedByReason = new long[Enum.GetValues<CloseReason>().Length];
}

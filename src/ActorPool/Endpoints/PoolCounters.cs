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
    public readonly long[] ClosedByReason = new long[Enum.GetValues<CloseReason>().Length];

    /// <summary>The reasons that have occurred, with how often.</summary>
    public Dictionary<CloseReason, long> Closed()
    {
        var closed = new Dictionary<CloseReason, long>();
        for (var reason = 0; reason < ClosedByReason.Length; reason++)
        {
            if (ClosedByReason[reason] > 0)
            {
                closed.Add((CloseReason)reason, ClosedByReason[reason]);
            }
        }

        return closed;
    }
}

namespace ActorPool.Routing;

/// <summary>What a group counts itself: how its acquires ended, and what members that are gone had counted.</summary>
sealed record GroupTotals
{
    public long AcquiredAfterWait { get; init; }

    public long WaitMs { get; init; }

    public long TimedOut { get; init; }

    public long Cancelled { get; init; }

    /// <summary>What the pools of members that are gone had counted; null if none is.</summary>
    public PoolOverview? Gone { get; init; }
}

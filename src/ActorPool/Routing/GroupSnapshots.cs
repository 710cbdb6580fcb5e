namespace ActorPool.Routing;

/// <summary>One picture of many pools.</summary>
static class GroupSnapshots
{
    /// <summary>
    /// The sum of the members. What is counted is counted once: acquires that waited at several members are one, and leases
    /// that no caller ever had are none.
    /// </summary>
    /// <param name="name">The group's name.</param>
    /// <param name="group">The group without its pools.</param>
    /// <param name="members">The pools of its members.</param>
    /// <param name="leaving">The pools of those that have left and drain.</param>
    /// <param name="innerLeases">How many leases no caller ever had.</param>
    public static PoolSnapshot Sum(
        string name, GroupPicture group, PoolSnapshot[] members, PoolSnapshot[] leaving, long innerLeases) => new(
        SumNumbers(name, group, members, leaving, innerLeases),
        [.. members.Concat(leaving).SelectMany(static pool => pool.Connections)]);

    /// <summary><see cref="Sum"/> without the connections.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="group">The group without its pools.</param>
    /// <param name="members">The pools of its members.</param>
    /// <param name="leaving">The pools of those that have left and drain.</param>
    /// <param name="innerLeases">How many leases no caller ever had.</param>
    public static PoolOverview SumNumbers(
        string name, GroupPicture group, IReadOnlyList<PoolOverview> members, IReadOnlyList<PoolOverview> leaving, long innerLeases)
    {
        PoolOverview[] there = [.. members, .. leaving];
        PoolOverview[] ever = group.Totals.Gone is { } gone ? [.. there, gone] : there;
        var health = HealthOf(members, group.LookupError);
        var worst = health == PoolHealth.Healthy ? null : members.MaxBy(static pool => pool.FailuresInARow);
        return new PoolOverview
        {
            Name = name,
            Health = health,
            IsClosed = group.IsClosed,
            IsPaused = members.Count > 0 && members.All(static pool => pool.IsPaused),
            Generation = members.Count > 0 ? members.Max(static pool => pool.Generation) : 0,
            MinSize = members.Sum(static pool => pool.MinSize),
            MaxSize = members.Sum(static pool => pool.MaxSize),
            Idle = there.Sum(static pool => pool.Idle),
            Leased = there.Sum(static pool => pool.Leased),
            Opening = there.Sum(static pool => pool.Opening),
            Probing = there.Sum(static pool => pool.Probing),
            Resetting = there.Sum(static pool => pool.Resetting),
            Closing = there.Sum(static pool => pool.Closing),
            Transient = there.Sum(static pool => pool.Transient),
            Stale = there.Sum(static pool => pool.Stale),
            Waiting = group.Waiting,
            OldestWait = group.OldestWait,
            LeasesOut = there.Sum(static pool => pool.LeasesOut),
            Acquired = Math.Max(0, ever.Sum(static pool => pool.Acquired) - innerLeases),
            AcquiredAfterWait = group.Totals.AcquiredAfterWait,
            WaitTime = TimeSpan.FromMilliseconds(group.Totals.WaitMs),
            UseTime = TimeSpan.FromTicks(ever.Sum(static pool => pool.UseTime.Ticks)),
            TimedOut = group.Totals.TimedOut,
            Cancelled = group.Totals.Cancelled,
            Rejected = ever.Sum(static pool => pool.Rejected),
            Shed = ever.Sum(static pool => pool.Shed),
            Revoked = ever.Sum(static pool => pool.Revoked),
            Lost = ever.Sum(static pool => pool.Lost),
            RepeatedReleases = ever.Sum(static pool => pool.RepeatedReleases),
            Opened = ever.Sum(static pool => pool.Opened),
            OpenedTransient = ever.Sum(static pool => pool.OpenedTransient),
            OpensFailed = ever.Sum(static pool => pool.OpensFailed),
            Closed = Closed(ever),
            FailuresInARow = worst?.FailuresInARow ?? 0,
            LastOpenErrorObject = worst is null ? (health == PoolHealth.Healthy ? null : group.LookupError) : worst.LastOpenErrorObject,
            NextAttemptIn = health == PoolHealth.Healthy ? null : members.Min(static pool => pool.NextAttemptIn),
            Granted = there.Any(static pool => pool.Granted is not null) ? there.Sum(static pool => pool.Granted ?? 0) : null,
        };
    }

    /// <summary>Adds the counters of a pool that is gone to those of others that are.</summary>
    public static PoolOverview Fold(PoolOverview? gone, PoolOverview last) => gone is null ? last : last with
    {
        Acquired = gone.Acquired + last.Acquired,
        UseTime = gone.UseTime + last.UseTime,
        Rejected = gone.Rejected + last.Rejected,
        Shed = gone.Shed + last.Shed,
        Revoked = gone.Revoked + last.Revoked,
        Lost = gone.Lost + last.Lost,
        RepeatedReleases = gone.RepeatedReleases + last.RepeatedReleases,
        Opened = gone.Opened + last.Opened,
        OpenedTransient = gone.OpenedTransient + last.OpenedTransient,
        OpensFailed = gone.OpensFailed + last.OpensFailed,
        Closed = Closed([gone, last]),
    };

    /// <summary>A group is as healthy as the healthiest of its members.</summary>
    static PoolHealth HealthOf(IReadOnlyList<PoolOverview> members, Exception? lookupError) => members.Count > 0
        ? members.Min(static pool => pool.Health)
        : lookupError is null ? PoolHealth.Healthy : PoolHealth.Failing;

    static Dictionary<CloseReason, long> Closed(PoolOverview[] pools)
    {
        var sums = new Dictionary<CloseReason, long>();
        foreach (var (reason, count) in pools.SelectMany(static pool => pool.Closed))
        {
            sums[reason] = sums.GetValueOrDefault(reason) + count;
        }

        return sums;
    }
}

namespace ActorPool.Dashboard.Live;

/// <summary>
/// What a pool does per second and how long it takes on the average, from the differences between two pictures of it. A pool's
/// counters only grow.
/// </summary>
/// <param name="LeasesPerSecond">Leases handed out, per second.</param>
/// <param name="WaitMs">The mean wait of those that had to wait, in milliseconds; zero if none had to.</param>
/// <param name="UseMs">The mean time for which leases that ended were held, in milliseconds; zero if none ended.</param>
readonly record struct PoolRates(double LeasesPerSecond, double WaitMs, double UseMs)
{
    /// <param name="before">The earlier picture.</param>
    /// <param name="now">The later one, of the same pool.</param>
    /// <param name="between">The time between them, above zero.</param>
    public static PoolRates Of(PoolOverview before, PoolOverview now, TimeSpan between) => new(
        Round((now.Acquired - before.Acquired) / between.TotalSeconds),
        Mean(now.WaitTime - before.WaitTime, now.AcquiredAfterWait - before.AcquiredAfterWait),
        Mean(now.UseTime - before.UseTime, Ended(now) - Ended(before)));

    /// <summary>Leases that have ended: those handed out, without those that are out.</summary>
    static long Ended(PoolOverview pool) => pool.Acquired - pool.LeasesOut;

    static double Mean(TimeSpan time, long count) => count > 0 ? Round(Math.Max(0, time.TotalMilliseconds) / count) : 0;

    static double Round(double value) => Math.Round(value, 2);
}

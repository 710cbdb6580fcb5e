namespace ActorPool;

/// <summary>One moment, by the monotonic clock and by the wall clock, read right after each other.</summary>
public sealed class BudgetMoment
{
    readonly long _timestamp;
    readonly long _utcTicks;

    BudgetMoment(long timestamp, long utcTicks) => (_timestamp, _utcTicks) = (timestamp, utcTicks);

    /// <summary>Reads both clocks.</summary>
    /// <param name="time">The clocks.</param>
    public static BudgetMoment Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new BudgetMoment(time.GetTimestamp(), time.GetUtcNow().UtcTicks);
    }

    /// <summary>How long it is since, by the clock by which it is longer.</summary>
    /// <param name="time">The clocks.</param>
    public TimeSpan Elapsed(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var monotonic = time.GetElapsedTime(_timestamp);
        var wall = TimeSpan.FromTicks(time.GetUtcNow().UtcTicks - _utcTicks);
        return monotonic > wall ? monotonic : wall;
    }

    internal BudgetMoment After(TimeSpan span, TimeProvider time) =>
        new(_timestamp + (long)(span.TotalSeconds * time.TimestampFrequency), _utcTicks + span.Ticks);

    internal bool HasPassed(TimeProvider time) => time.GetTimestamp() >= _timestamp || time.GetUtcNow().UtcTicks >= _utcTicks;

    internal TimeSpan Remaining(TimeProvider time)
    {
        var elapsed = Elapsed(time);
        return elapsed < TimeSpan.Zero ? -elapsed : TimeSpan.Zero;
    }
}

namespace ActorPool.Actors;

/// <summary>
/// The runtime's time: milliseconds that never go back.
/// </summary>
sealed class Clock(TimeProvider timeProvider)
{
    readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);
    readonly long _ticksPerMs = timeProvider.TimestampFrequency / 1000;

    public TimeProvider TimeProvider { get; } = timeProvider;

#pragma warning disable RS0030 // the one place that reads the system's tick
    /// <summary>The time, as coarse as the system's tick: a few milliseconds.</summary>
    public long NowMs => _isSystem ? Environment.TickCount64 : TimeProvider.GetTimestamp() / _ticksPerMs;
#pragma warning restore RS0030

    /// <summary>
    /// The time, a few milliseconds later still (never ahead of <see cref="NowMs"/>), for what is read at every acquire and
    /// release: two readings of the real one would be a third of what they cost.
    /// </summary>
    public long CoarseNowMs => _isSystem ? CoarseTime.NowMs : NowMs;
}

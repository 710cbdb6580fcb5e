namespace ActorPool.Actors;

/// <summary>
/// The runtime's time: milliseconds that never go back.
/// </summary>
sealed class Clock(TimeProvider timeProvider)
{
    readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);
    readonly long _ticksPerMs = timeProvider.TimestampFrequency / 1000;
    long _leaptMs;
    long _leaptAtMs = long.MinValue;

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

    /// <summary>By how much the clock leapt since a certain time, the process or the machine having been stopped; 0 if it did not, as far as is known.</summary>
    public long LeaptMs(long sinceMs) => _isSystem ? CoarseTime.LeaptMs(sinceMs)
        : Volatile.Read(ref _leaptAtMs) >= sinceMs ? Volatile.Read(ref _leaptMs) : 0;

    /// <summary>
    /// A timer of the clock's own has fired late by so much. A clock other than the system's fires its timers itself, so that
    /// this is a leap; the system's fires them on the thread pool, which may be starved.
    /// </summary>
    public void NoteLateTimer(long lateMs)
    {
        if (!_isSystem && lateMs >= CoarseTime.LeapMsMin)
        {
            Volatile.Write(ref _leaptMs, lateMs);
            Volatile.Write(ref _leaptAtMs, NowMs);
        }
    }
}

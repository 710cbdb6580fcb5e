namespace ActorPool.Actors;

/// <summary>
/// The runtime's time: milliseconds that never go back. Cheap enough to be read at every acquire and release, and as
/// coarse as the system's tick (a few milliseconds).
/// </summary>
sealed class Clock(TimeProvider timeProvider)
{
    readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);
    readonly long _ticksPerMs = timeProvider.TimestampFrequency / 1000;

    public TimeProvider TimeProvider { get; } = timeProvider;

#pragma warning disable RS0030 // the one place that reads the system's tick
    public long NowMs => _isSystem ? Environment.TickCount64 : TimeProvider.GetTimestamp() / _ticksPerMs;
#pragma warning restore RS0030
}

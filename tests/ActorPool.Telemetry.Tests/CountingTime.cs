namespace ActorPool.Telemetry.Tests;

/// <summary>A clock that stands still and counts who asks it.</summary>
sealed class CountingTime : TimeProvider
{
    /// <summary>How often it was asked for a time stamp.</summary>
    public int Stamps { get; private set; }

    /// <summary>How often it was asked for the date.</summary>
    public int Dates { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        Stamps++;
        return 0;
    }

    public override DateTimeOffset GetUtcNow()
    {
        Dates++;
        return DateTimeOffset.UnixEpoch;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

    sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}

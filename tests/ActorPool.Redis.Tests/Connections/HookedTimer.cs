namespace ActorPool.Redis.Tests.Connections;

/// <summary>A clock that stands still, with one timer; what happens while it is being set can be said.</summary>
sealed class HookedTimer : TimeProvider, ITimer
{
    TimerCallback? _callback;
    object? _state;

    public Action? BeforeSet { get; set; }

    public long Now { get; set; }

    /// <summary>What it was last set to.</summary>
    public TimeSpan DueTime { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (_callback, _state) = (callback, state);
        return this;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var hook = BeforeSet;
        BeforeSet = null;
        hook?.Invoke();
        DueTime = dueTime;
        return true;
    }

    public void Fire() => _callback!(_state);

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => default;
}

namespace ActorPool.Http.Tests.Support;

/// <summary>The system's time, except that its date stands still and that waits of one certain length end when the test says so.</summary>
sealed class HeldWait : TimeProvider
{
    readonly TimeSpan _length;
    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Action? _end;

    public HeldWait(TimeSpan length)
    {
        _length = length;
        Runtime = new PoolRuntime { TimeProvider = this };
    }

    public PoolRuntime Runtime { get; }

    /// <summary>Ends when somebody begins to wait for so long.</summary>
    public Task Begun => _begun.Task;

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Ends the wait.</summary>
    public void End() => _end!();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != _length)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _end = () => callback(state);
        _begun.SetResult();
        return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

namespace ActorPool.Actors;

/// <summary>Keyed timers.</summary>
abstract partial class Actor
{
    // A list, not a dictionary: an actor has a handful of keys, and most have one timer running.
    ActorTimer? _timers;

    /// <summary>When the timer with a key is due, in the clock's milliseconds; <see cref="long.MaxValue"/> if it is not set.</summary>
    protected long TimerDueMs(int key)
    {
        for (var timer = _timers; timer is not null; timer = timer.NextTimer)
        {
            if (timer.Key == key)
            {
                return timer.Due.Ms;
            }
        }

        return long.MaxValue;
    }

    /// <summary>Cancels the timer with a key. Its message will not come, even if its time had come already.</summary>
    protected void CancelTimer(int key)
    {
        for (var timer = _timers; timer is not null; timer = timer.NextTimer)
        {
            if (timer.Key == key)
            {
                timer.Cancelled = true;
                System.Timers.Remove(timer);
                ForgetTimer(timer);
                return;
            }
        }
    }

    /// <summary>Cancels every timer.</summary>
    protected void CancelTimers()
    {
        while (_timers is { } timer)
        {
            CancelTimer(timer.Key);
        }
    }

    private protected void AddTimer(ActorTimer timer, long delayMs, long slackMs)
    {
        CancelTimer(timer.Key);
        timer.NextTimer = _timers;
        _timers = timer;
        var dueMs = System.Clock.NowMs + delayMs;
        System.Timers.Add(timer, slackMs > 1 && slackMs <= delayMs ? dueMs - (dueMs % slackMs) : dueMs);
    }

    internal void ForgetTimer(ActorTimer timer)
    {
        if (ReferenceEquals(_timers, timer))
        {
            _timers = timer.NextTimer;
            return;
        }

        for (var previous = _timers; previous is not null; previous = previous.NextTimer)
        {
            if (ReferenceEquals(previous.NextTimer, timer))
            {
                previous.NextTimer = timer.NextTimer;
                return;
            }
        }
    }
}

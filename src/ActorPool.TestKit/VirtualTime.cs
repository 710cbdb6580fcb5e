namespace ActorPool.TestKit;

/// <summary>
/// A clock that stands still until it is told to move. Its timers fire on the thread that moves it, in the order in which
/// they are due, and those due at the same time in the order in which they were set.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    // A date that is easy to recognise in logs and that no real clock shows.
    static readonly DateTimeOffset Start = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Lock _lock = new();
    readonly PriorityQueue<VirtualTimer, (long Due, long Sequence)> _timers = new();
    long _ticks;
    long _sequence;

    /// <summary>How far the clock has moved since it was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When the next timer is due, counted from now; null if none is set.</summary>
    public TimeSpan? NextTimerIn
    {
        get
        {
            lock (_lock)
            {
                DropStale();
                return _timers.TryPeek(out _, out var next) ? TimeSpan.FromTicks(Math.Max(0, next.Due - _ticks)) : null;
            }
        }
    }

    /// <summary>How many timers are set.</summary>
    internal int TimerCount
    {
        get
        {
            lock (_lock)
            {
                return _timers.UnorderedItems.Count(item => item.Element.Due == item.Priority);
            }
        }
    }

    /// <summary>Moves the clock and fires what falls due on the way, each timer at its own time.</summary>
    /// <param name="time">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var target = _ticks + time.Ticks;
        while (FireNext(target))
        {
        }

        lock (_lock)
        {
            Volatile.Write(ref _ticks, Math.Max(_ticks, target));
        }
    }

    /// <summary>
    /// Moves the clock and fires nothing: what falls due fires late, as on a machine that was suspended or whose threads are
    /// all busy, at the next <see cref="Advance"/>.
    /// </summary>
    /// <param name="time">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Leap(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_lock)
        {
            Volatile.Write(ref _ticks, _ticks + time.Ticks);
        }
    }

    /// <summary>Moves the clock to the next timer if it is due by then, and fires it. False if none is.</summary>
    bool FireNext(long target)
    {
        VirtualTimer timer;
        lock (_lock)
        {
            DropStale();
            if (!_timers.TryPeek(out timer!, out var next) || next.Due > target)
            {
                return false;
            }

            _timers.Dequeue();
            Volatile.Write(ref _ticks, Math.Max(_ticks, next.Due));
            timer.Due = null;
            if (timer.Period is { } period)
            {
                Set(timer, period, period);
            }
        }

        WithoutContext.Run(static due => due.Fire(), timer);
        return true;
    }

    void DropStale()
    {
        while (_timers.TryPeek(out var timer, out var entry) && timer.Due != entry)
        {
            _timers.Dequeue();
        }
    }

    void Set(VirtualTimer timer, TimeSpan dueTime, TimeSpan? period)
    {
        timer.Period = period is { } every && every > TimeSpan.Zero ? every : null;
        timer.Due = dueTime < TimeSpan.Zero ? null : (_ticks + dueTime.Ticks, _sequence++);
        if (timer.Due is { } due)
        {
            _timers.Enqueue(timer, due);
        }
    }

    sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        /// <summary>When it fires next, and its place among those due at the same time; null if it does not.</summary>
        public (long, long)? Due { get; set; }

        public TimeSpan? Period { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time.Set(this, dueTime, period);
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

namespace ActorPool.Redis.Connections;

/// <summary>
/// Keeps the time of one connection's commands, one after the other, with one timer that is hardly ever set: a command
/// notes when it is due, and the timer, when it fires, looks whether the command of that moment is late. So a command
/// costs a look at the clock rather than a timer of its own.
/// </summary>
/// <remarks>
/// A command and the timer meet in two words. The command writes <c>_due</c> and then looks whether the timer fires in
/// time (<c>_firesAt</c>); the timer says that it will not fire again and then looks at <c>_due</c>. Each writes before it
/// reads, so one of the two sees the other and sets the timer. That a command is late is decided by a swap of
/// <c>_due</c>: either it ended, or it is late.
/// </remarks>
sealed class CommandClock : IDisposable
{
    const long Nothing = long.MaxValue;
    const long Late = long.MinValue;

    readonly TimeProvider _time;
    readonly Action _onLate;
    readonly ITimer _timer;
    long _due = Nothing;
    long _firesAt = Nothing;

    /// <param name="time">The clock.</param>
    /// <param name="onLate">Told, on a timer's thread, that the present command is late; once, since nothing comes after that.</param>
    public CommandClock(TimeProvider time, Action onLate)
    {
        _time = time;
        _onLate = onLate;
        _timer = time.CreateTimer(static clock => ((CommandClock)clock!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A command begins; an infinite limit is none.</summary>
    public void Start(TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        var now = _time.GetTimestamp();
        var due = now + (long)(limit.TotalSeconds * _time.TimestampFrequency);
        Interlocked.Exchange(ref _due, due);
        if (due < Volatile.Read(in _firesAt))
        {
            Set(due, now);
        }
    }

    /// <summary>The command has ended, well or not; false if it was late.</summary>
    public bool Stop() => Volatile.Read(in _due) == Nothing || Interlocked.Exchange(ref _due, Nothing) != Late;

    public void Dispose() => _timer.Dispose();

    void Fire()
    {
        Interlocked.Exchange(ref _firesAt, Nothing);
        var due = Volatile.Read(in _due);
        if (due is Nothing or Late)
        {
            return;
        }

        var now = _time.GetTimestamp();
        if (due > now)
        {
            Set(due, now);
        }
        else if (Interlocked.CompareExchange(ref _due, Late, due) == due)
        {
            _onLate();
        }
    }

    void Set(long due, long now)
    {
        while (true)
        {
            Interlocked.Exchange(ref _firesAt, due);
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((due - now) * 1000.0 / _time.TimestampFrequency))), Timeout.InfiniteTimeSpan);

            // a shorter command may have begun, and set the timer, in between: the later setting must not win
            var wanted = Volatile.Read(in _due);
            if (wanted is Late || wanted >= due)
            {
                return;
            }

            (due, now) = (wanted, _time.GetTimestamp());
        }
    }
}

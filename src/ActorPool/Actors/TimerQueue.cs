namespace ActorPool.Actors;

/// <summary>
/// All timers of an actor system, in one heap behind one timer of the clock's: nothing ticks while nothing is due. Entries
/// due at the same time fire in the order in which they were added.
/// </summary>
sealed class TimerQueue : IDisposable
{
    const int Arity = 4;

    /// <summary>How long the worst lateness is remembered.</summary>
    const long RememberedMs = 60_000;

    readonly Lock _lock = new();
    readonly Clock _clock;
    readonly ITimer _timer;
    ITimed[] _heap = new ITimed[16];
    int _count;
    long _sequence;
    long _armedForMs = long.MaxValue;
    long _latestMs;
    long _latestAtMs = long.MinValue;

    public TimerQueue(Clock clock)
    {
        _clock = clock;

        // The timer outlives whoever made the system, and must not carry its context.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.TimeProvider.CreateTimer(
                static queue => ((TimerQueue)queue!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>How many timers are set.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>
    /// How much too late timers have run since a certain time, or would now: a starved thread pool shows here. The worst of
    /// the last minute is known, not more.
    /// </summary>
    public long LateMs(long sinceMs)
    {
        lock (_lock)
        {
            var nowMs = _clock.NowMs;
            var overdueMs = _count == 0 ? 0 : Math.Max(0, nowMs - _heap[0].Due.Ms);
            return Math.Max(overdueMs, _latestAtMs >= sinceMs ? _latestMs : 0);
        }
    }

    public void Add(ITimed entry, long dueMs)
    {
        lock (_lock)
        {
            entry.Due = new TimerDue(dueMs, _sequence++);
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, _count * 2);
            }

            Place(entry, _count++);
            Raise(entry.HeapIndex);
            Arm();
        }
    }

    /// <summary>Takes an entry out. False if it is not in: never added, or fired already.</summary>
    public bool Remove(ITimed entry)
    {
        lock (_lock)
        {
            var index = entry.HeapIndex;
            if (index < 0 || index >= _count || !ReferenceEquals(_heap[index], entry))
            {
                return false;
            }

            RemoveAt(index);
            if (_count == 0)
            {
                // Nothing is due any more: nothing shall tick.
                _armedForMs = long.MaxValue;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    public void Dispose() => _timer.Dispose();

    void Tick()
    {
        if (Volatile.Read(ref _armedForMs) is var armedForMs and < long.MaxValue)
        {
            _clock.NoteLateTimer(_clock.NowMs - armedForMs);
        }

        while (true)
        {
            ITimed entry;
            lock (_lock)
            {
                _armedForMs = long.MaxValue;
                var nowMs = _clock.NowMs;
                if (_count == 0 || _heap[0].Due.Ms > nowMs)
                {
                    Arm();
                    return;
                }

                entry = _heap[0];
                RemoveAt(0);
                NoteLate(nowMs - entry.Due.Ms, nowMs);
            }

            entry.Fire();
        }
    }

    void NoteLate(long lateMs, long nowMs)
    {
        if (lateMs >= _latestMs || nowMs - _latestAtMs > RememberedMs)
        {
            _latestMs = lateMs;
            _latestAtMs = nowMs;
        }
    }

    void Arm()
    {
        var dueMs = _count == 0 ? long.MaxValue : _heap[0].Due.Ms;
        if (dueMs < _armedForMs)
        {
            _armedForMs = dueMs;
            var delayMs = Math.Clamp(dueMs - _clock.NowMs, 0, int.MaxValue);
            _timer.Change(TimeSpan.FromMilliseconds(delayMs), Timeout.InfiniteTimeSpan);
        }
    }

    void RemoveAt(int index)
    {
        _heap[index].HeapIndex = -1;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (index < _count)
        {
            Place(last, index);
            Raise(index);
            Sink(last.HeapIndex);
        }
    }

    void Raise(int index)
    {
        var entry = _heap[index];
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (!entry.Due.IsBefore(_heap[parent].Due))
            {
                break;
            }

            Place(_heap[parent], index);
            index = parent;
        }

        Place(entry, index);
    }

    void Sink(int index)
    {
        var entry = _heap[index];
        while (true)
        {
            var first = (index * Arity) + 1;
            var least = -1;
            for (var child = first; child < Math.Min(first + Arity, _count); child++)
            {
                if (least < 0 || _heap[child].Due.IsBefore(_heap[least].Due))
                {
                    least = child;
                }
            }

            if (least < 0 || !_heap[least].Due.IsBefore(entry.Due))
            {
                break;
            }

            Place(_heap[least], index);
            index = least;
        }

        Place(entry, index);
    }

    void Place(ITimed entry, int index)
    {
        _heap[index] = entry;
        entry.HeapIndex = index;
    }
}

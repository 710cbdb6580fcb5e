using ActorPool.Actors;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>Those who wait: in, out, and at the end of their patience.</summary>
sealed partial class EndpointSupervisor
{
    readonly WaitClock _waitClock = new();

    // Promises that were used and are free for the next wait.
    Waiter? _spareWaiters;
    long _waitExpiryMs = Options.PoolSettings.Never;

    // Null: no waiter is ever shed.
    QueueShedder? _shedder;

    /// <summary>Nothing is idle: the acquirer waits, or is told at once why waiting is of no use.</summary>
    void Miss(ref EndpointMessage message, long nowMs, bool atHead)
    {
        if (IsClosed)
        {
            Fail(ref message, PoolFailureReason.Closed);
        }
        else if (message.Payload is not null && HasEnded(message.Payload))
        {
            Fail(ref message, PoolFailureReason.HolderEnded);
        }
        else if (_health.State == PoolHealth.Unavailable && !_isPaused)
        {
            if (_health.IsRetryWelcome(nowMs))
            {
                OpenOnDemand(nowMs);
            }

            if (message.Flag)
            {
                _counters.Unavailable++;
            }

            Fail(ref message, UnavailableReason);
        }
        else if (!message.Flag || message.TimeoutMs == 0)
        {
            OpenForPasserBy(nowMs);
            if (message.Flag)
            {
                _counters.TimedOut++;
            }

            Fail(ref message, PoolFailureReason.AcquireTimeout);
        }
        else if (!atHead && WhyNotWait() is { } reason)
        {
            _counters.Rejected++;
            OpenForPasserBy(nowMs);
            Fail(ref message, reason);
        }
        else
        {
            Enqueue(ref message, nowMs, atHead);
        }
    }

    /// <summary>
    /// Who does not wait, or may not, still shows that there is demand; a connection that would not be kept idle helps nobody.
    /// </summary>
    void OpenForPasserBy(long nowMs) => OpenOnDemand(nowMs, passingBy: _settings.IdleTimeoutMs == 0 ? 0 : 1);

    /// <summary>Why an acquirer may not wait; null if it may.</summary>
    PoolFailureReason? WhyNotWait()
    {
        if (_waiters.Count >= _settings.MaxWaiters)
        {
            return PoolFailureReason.QueueFull;
        }

        return _settings.WhenExhausted != WhenExhausted.Throw ? null
            : _isPaused ? PoolFailureReason.Paused
            : IsExhausted ? PoolFailureReason.Exhausted
            : null;
    }

    /// <summary>
    /// Whether one more waiter would have to wait for somebody to return a lease: every slot that is not leased, empty ones
    /// and those on their way included, is spoken for by a waiter before it.
    /// </summary>
    bool IsExhausted =>
        _waiters.Count >= (long)(_settings.MaxSize - Count(SlotState.Leased) - Count(SlotState.Doomed)) * LeasesMax;

    PoolFailureReason UnavailableReason => _health.LastKind == OpenFailureKind.Transient
        ? PoolFailureReason.Unavailable
        : PoolFailureReason.ConnectFailed;

    void Enqueue(ref EndpointMessage message, long nowMs, bool atHead)
    {
        var waiter = message.Waiter ??= TakeWaiter();

        // Who waits gets a connection that has just been used or opened, unless it waits for the end of a pause.
        message.Flag = _isPaused && _looks;
        if (message.Observation.IsOn)
        {
            waiter.Observation = message.Observation;
        }

        Enqueue(waiter, message.Payload, message.TimeoutMs, nowMs, atHead);
        if (Room > 0 || _settings.WhenExhausted == WhenExhausted.OpenTransient)
        {
            OpenOnDemand(nowMs);
        }

        if (_shedder is { } shedder && _waiters.Count == 1)
        {
            shedder.Begin(nowMs);
            StartTimer(EndpointTimer.QueueChecked, _settings.QueueIntervalMs);
        }
    }

    void Enqueue(Waiter waiter, object? holder, long timeoutMs, long nowMs, bool atHead)
    {
        if (holder is not null)
        {
            waiter.Holder = holder;
        }

        waiter.HasWaited = true;
        waiter.SinceMs = nowMs;
        waiter.DeadlineMs = nowMs + timeoutMs;
        if (atHead)
        {
            _waiters.AddFirst(waiter);
        }
        else
        {
            _waiters.AddLast(waiter);
        }

        waiter.PositionAtEntry = atHead ? 1 : _waiters.Count;
        waiter.ServedAtEntry = _counters.AcquiredAfterWait;
        waiter.SpentAtEntry = _waitClock.Read(nowMs);

        ExpectExpiry(waiter.DeadlineMs, nowMs);
    }

    /// <summary>Who is served next: the one who has waited longest, unless the line is shed.</summary>
    Waiter? NextWaiter(long nowMs)
    {
        if (_isPaused || (_waiters.Count > 0 && IsPastDeadline()))
        {
            return null;
        }

        if (_shedder is { } shedder)
        {
            Shed(shedder, nowMs);
        }

        return _waiters.TakeFirst();
    }

    /// <summary>Gives a connection to one who waited.</summary>
    void Grant(Seat seat, Waiter waiter, long nowMs)
    {
        Occupy(seat, waiter.Holder, nowMs);
        if (waiter.HasWaited)
        {
            _counters.AcquiredAfterWait++;
            _counters.WaitMs += nowMs - waiter.SinceMs;
        }

        WatchGranted(seat, waiter);
        seat.Waiter = waiter;
        waiter.Seat = seat;
        waiter.Generation = seat.Generation;
        Cause(waiter);
    }

    /// <summary>
    /// An acquire gets no lease. Who only tries (no flag) and has no waiter is not told why: that would cost a snapshot.
    /// </summary>
    void Fail(ref EndpointMessage message, PoolFailureReason reason)
    {
        if (message.Waiter is { } waiter)
        {
            Fail(waiter, Failure(reason));
        }
        else
        {
            message.Payload = message.Flag ? Failure(reason) : null;
        }
    }

    void Fail(Waiter waiter, WaitFailure failure)
    {
        waiter.Failure = failure;
        Cause(waiter);
    }

    WaitFailure Failure(PoolFailureReason reason) => new(
        reason, SnapshotInTurn(), LastOpenError: _health.LastError, LastOpenKind: _health.LastKind);

    /// <summary>The failure of one who has waited: with what the wait was spent on.</summary>
    WaitFailure Explained(WaitFailure failure, Waiter waiter, long nowMs) => failure with
    {
        WaitedMs = nowMs - waiter.SinceMs,
        PositionAtEntry = waiter.PositionAtEntry,
        ServedSince = _counters.AcquiredAfterWait - waiter.ServedAtEntry,
        Spent = _waitClock.Read(nowMs).Since(waiter.SpentAtEntry),
        TimersLateMs = Math.Max(System.Timers.LateMs(waiter.SinceMs), nowMs - waiter.DeadlineMs),
        ClockLeaptMs = System.Clock.LeaptMs(waiter.SinceMs),
    };

    /// <summary>Cancel against grant is decided here: who is no longer queued has been answered.</summary>
    void AbandonWait(Waiter waiter, bool timedOut)
    {
        if (!waiter.IsQueued)
        {
            return;
        }

        _waiters.Remove(waiter);
        if (timedOut)
        {
            _counters.TimedOut++;
        }
        else
        {
            _counters.Cancelled++;
        }

        var nowMs = System.Clock.NowMs;
        var failure = Failure(timedOut ? PoolFailureReason.AcquireTimeout : PoolFailureReason.Cancelled);
        Fail(waiter, Explained(failure, waiter, nowMs));
        WantLess(nowMs);
    }

    void FailWaiters(PoolFailureReason reason)
    {
        if (_waiters.Count == 0)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        var failure = Failure(reason);
        if (reason is PoolFailureReason.Unavailable or PoolFailureReason.ConnectFailed)
        {
            _counters.Unavailable += _waiters.Count;
        }

        while (_waiters.TakeFirst() is { } waiter)
        {
            Fail(waiter, Explained(failure, waiter, nowMs));
        }
    }

    /// <summary>
    /// One timer serves all waiters: it stands at the first deadline or earlier, since those who are served leave it alone.
    /// </summary>
    void ExpectExpiry(long deadlineMs, long nowMs)
    {
        if (deadlineMs < _waitExpiryMs)
        {
            _waitExpiryMs = deadlineMs;
            StartTimer(EndpointTimer.WaitExpires, deadlineMs - nowMs);
        }
    }

    void ExpireWaiters(long nowMs)
    {
        var firstMs = Options.PoolSettings.Never;
        WaitFailure? failure = null;
        for (var waiter = _waiters.First; waiter is not null;)
        {
            var next = waiter.Next;
            if (waiter.DeadlineMs <= nowMs)
            {
                // Those who expire together see the same picture, taken while they were still waiting.
                failure ??= Failure(PoolFailureReason.AcquireTimeout);
                _waiters.Remove(waiter);
                _counters.TimedOut++;
                Fail(waiter, Explained(failure, waiter, nowMs));
            }
            else
            {
                firstMs = Math.Min(firstMs, waiter.DeadlineMs);
            }

            waiter = next;
        }

        _waitExpiryMs = Options.PoolSettings.Never;
        ExpectExpiry(firstMs, nowMs);
        WantLess(nowMs);
    }

    /// <summary>Whether the line moves, looked at once an interval while anybody waits.</summary>
    void CheckQueue(long nowMs)
    {
        if (_shedder is { } shedder && _waiters.First is { } first)
        {
            if (!_isPaused)
            {
                shedder.NoteStall(nowMs - first.SinceMs, nowMs);
                Shed(shedder, nowMs);
                WantLess(nowMs);
            }

            StartTimer(EndpointTimer.QueueChecked, _settings.QueueIntervalMs);
        }
    }

    /// <summary>Fails those at the head of the line who have waited for too long, if the overload lasts.</summary>
    void Shed(QueueShedder shedder, long nowMs)
    {
        WaitFailure? failure = null;
        while (_waiters.First is { } first && shedder.IsToBeShed(nowMs - first.SinceMs, nowMs))
        {
            failure ??= Failure(PoolFailureReason.Shed);
            _waiters.Remove(first);
            _counters.Shed++;
            Fail(first, Explained(failure, first, nowMs));
        }
    }
}

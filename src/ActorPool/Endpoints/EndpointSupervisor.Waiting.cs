using ActorPool.Actors;

namespace ActorPool.Endpoints;

/// <summary>Those who wait: in, out, and at the end of their patience.</summary>
sealed partial class EndpointSupervisor
{
    // Promises that were used and are free for the next wait.
    Waiter? _spareWaiters;

    /// <summary>Nothing is idle: the acquirer waits, or is told at once why waiting is of no use.</summary>
    void Miss(ref EndpointMessage message, long nowMs, bool atHead)
    {
        if (IsClosed)
        {
            Fail(ref message, PoolFailureReason.Closed);
        }
        else if (_health.State == PoolHealth.Unavailable)
        {
            if (_health.IsRetryWelcome(nowMs))
            {
                OpenOnDemand(nowMs);
            }

            Fail(ref message, UnavailableReason);
        }
        else if (!message.Flag || message.TimeoutMs == 0)
        {
            // Who does not wait still shows that there is demand; a connection that would not be kept idle helps nobody.
            OpenOnDemand(nowMs, passingBy: _settings.IdleTimeoutMs == 0 ? 0 : 1);
            if (message.Flag)
            {
                _counters.TimedOut++;
            }

            Fail(ref message, PoolFailureReason.AcquireTimeout);
        }
        else
        {
            Enqueue(ref message, nowMs, atHead);
        }
    }

    PoolFailureReason UnavailableReason => _health.LastKind == OpenFailureKind.Transient
        ? PoolFailureReason.Unavailable
        : PoolFailureReason.ConnectFailed;

    void Enqueue(ref EndpointMessage message, long nowMs, bool atHead)
    {
        var waiter = message.Waiter ??= TakeWaiter();
        message.Flag = false;
        Enqueue(waiter, message.Payload, message.TimeoutMs, nowMs, atHead);
        if (_slots.InUse < _settings.MaxSize)
        {
            OpenOnDemand(nowMs);
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

        ExpectExpiry(waiter.DeadlineMs, nowMs);
    }

    /// <summary>Gives a connection to one who waited.</summary>
    void Grant(Slot slot, Waiter waiter, long nowMs)
    {
        Take(slot, waiter.Holder, nowMs);
        if (waiter.HasWaited)
        {
            _counters.AcquiredAfterWait++;
        }

        slot.Waiter = waiter;
        waiter.Slot = slot;
        waiter.Generation = slot.Generation;
        Cause(waiter);
    }

    /// <summary>
    /// An acquire gets no lease. Who only tries (no flag) and has no waiter is not told why: that would cost a snapshot.
    /// </summary>
    void Fail(ref EndpointMessage message, PoolFailureReason reason)
    {
        if (message.Waiter is { } waiter)
        {
            Fail(waiter, Failure(reason, waitedMs: 0));
        }
        else
        {
            message.Payload = message.Flag ? Failure(reason, waitedMs: 0) : null;
        }
    }

    void Fail(Waiter waiter, WaitFailure failure)
    {
        waiter.Failure = failure;
        Cause(waiter);
    }

    WaitFailure Failure(PoolFailureReason reason, long waitedMs) => new(
        reason, TakeSnapshot(), waitedMs, _health.LastError, _health.LastKind, System.Timers.LateMsMax);

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

        Fail(waiter, Failure(
            timedOut ? PoolFailureReason.AcquireTimeout : PoolFailureReason.Cancelled,
            System.Clock.NowMs - waiter.SinceMs));
    }

    void FailWaiters(PoolFailureReason reason)
    {
        if (_waiters.Count == 0)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        var failure = Failure(reason, waitedMs: 0);
        while (_waiters.TakeFirst() is { } waiter)
        {
            Fail(waiter, failure with { WaitedMs = nowMs - waiter.SinceMs });
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
            StartTimer(
                (int)EndpointTimer.WaitExpires,
                deadlineMs - nowMs,
                EndpointMessage.Command(EndpointRequest.WaitExpired));
        }
    }

    long _waitExpiryMs = Options.PoolSettings.Never;

    void ExpireWaiters()
    {
        var nowMs = System.Clock.NowMs;
        var firstMs = Options.PoolSettings.Never;
        WaitFailure? failure = null;
        for (var waiter = _waiters.First; waiter is not null;)
        {
            var next = waiter.Next;
            if (waiter.DeadlineMs <= nowMs)
            {
                // Those who expire together see the same picture, taken while they were still waiting.
                failure ??= Failure(PoolFailureReason.AcquireTimeout, waitedMs: 0);
                _waiters.Remove(waiter);
                _counters.TimedOut++;
                Fail(waiter, failure with { WaitedMs = nowMs - waiter.SinceMs });
            }
            else
            {
                firstMs = Math.Min(firstMs, waiter.DeadlineMs);
            }

            waiter = next;
        }

        _waitExpiryMs = Options.PoolSettings.Never;
        ExpectExpiry(firstMs, nowMs);
    }

    Waiter TakeWaiter()
    {
        if (_spareWaiters is not { } waiter)
        {
            return _connector.NewWaiter(this);
        }

        _spareWaiters = waiter.Next;
        waiter.Next = null;
        return waiter;
    }

    /// <summary>
    /// Its holder has ended its lease, so its caller has long taken the result: nobody else has a hand on it. The turn is the lock of
    /// this store; there are never more of them than callers have waited at once.
    /// </summary>
    void KeepWaiter(Waiter waiter)
    {
        if (waiter.IsReusable)
        {
            waiter.Renew();
            waiter.Next = _spareWaiters;
            _spareWaiters = waiter;
        }
    }

    protected override void Refuse(ref EndpointMessage message)
    {
        if (message.Request is EndpointRequest.Acquire or EndpointRequest.Reacquire)
        {
            message.Slot = null;
            Fail(ref message, PoolFailureReason.Closed);
        }
        else
        {
            base.Refuse(ref message);
        }
    }

    /// <summary>An acquire whose turn threw is answered all the same.</summary>
    protected override void Failing(ref EndpointMessage message, Exception error)
    {
        if (message.Request is not (EndpointRequest.Acquire or EndpointRequest.Reacquire))
        {
            return;
        }

        var failure = Failure(PoolFailureReason.SupervisorFailed, waitedMs: 0) with { LastOpenError = error };
        message.Slot = null;
        if (message.Waiter is not { } waiter)
        {
            message.Payload = failure;
        }
        else if (!waiter.IsQueued && waiter.Slot is null && waiter.Failure is null)
        {
            Fail(waiter, failure);
        }
    }
}

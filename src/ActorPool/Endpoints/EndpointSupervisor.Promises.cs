namespace ActorPool.Endpoints;

/// <summary>The promises that waiters wait on: kept for the next wait, and answered even when a turn fails.</summary>
sealed partial class EndpointSupervisor
{
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
            message.Seat = null;
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

        var failure = Failure(PoolFailureReason.SupervisorFailed) with { LastOpenError = error };
        message.Seat = null;
        if (message.Waiter is not { } waiter)
        {
            message.Payload = failure;
        }
        else if (!waiter.IsQueued && waiter.Seat is null && waiter.Failure is null)
        {
            Fail(waiter, failure);
        }
    }
}

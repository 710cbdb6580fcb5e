using ActorPool.Actors;
using ActorPool.Connections;
using ActorPool.Diagnostics;

namespace ActorPool.Endpoints;

/// <summary>Closing: single connections, the whole pool, and everything after a failure of the supervisor's own.</summary>
sealed partial class EndpointSupervisor
{
    readonly List<CommandRequest> _drains = [];

    bool _closedPublished;

    bool IsClosed { get; set; }

    /// <summary>A connection must go: at once, or when its lease ends. The first reason counts.</summary>
    void Retire(Slot slot, CloseReason reason, long nowMs)
    {
        if (slot.State == SlotState.Idle)
        {
            _idle.Remove(slot);
        }

        RetireTaken(slot, reason, nowMs);
    }

    /// <summary><see cref="Retire"/>, of a slot that does not lie among the idle (any more).</summary>
    void RetireTaken(Slot slot, CloseReason reason, long nowMs)
    {
        var wasRetired = slot.State is SlotState.Doomed or SlotState.Closing;
        Move(slot, SlotEvent.Retire, nowMs);
        if (!wasRetired)
        {
            slot.CloseReason = reason;
            Leaves(slot);
            _shared.Remove(slot);
            if (slot.State == SlotState.Closing)
            {
                Send(slot.Actor!, ConnectionMessage.Close(reason));
            }
        }
    }

    /// <summary>A lease has ended, and its connection goes; with the last of its leases, if it has several.</summary>
    void CloseReturned(Seat seat, CloseReason reason, long nowMs)
    {
        var slot = seat.Slot;
        if (slot.Seats is { Taken: > 1 } seats)
        {
            Retire(slot, reason, nowMs);
            Part(slot, seats, seat, nowMs);
            return;
        }

        Vacate(seat);
        if (slot.State != SlotState.Doomed)
        {
            slot.CloseReason = reason;
            Leaves(slot);
        }

        Move(slot, SlotEvent.ReturnUnfit, nowMs);
        Send(slot.Actor!, ConnectionMessage.Close(slot.CloseReason));
    }

    /// <summary>Ends every lease of a connection, and closes it under its holders.</summary>
    void CutLeases(Slot slot, CloseReason reason, long nowMs)
    {
        if (slot.Seats is not { } seats)
        {
            Revoke(slot, reason, nowMs);
            return;
        }

        Retire(slot, reason, nowMs);
        foreach (var seat in seats.All.ToArray())
        {
            if (slot.State == SlotState.Doomed && seats.IsTaken(seat))
            {
                Revoke(seat, reason, nowMs);
            }
        }
    }

    /// <summary>A connection has condemned itself, or its actor has failed and closes it under its holder.</summary>
    void Condemned(Slot slot, Exception error, bool isActorFailure, long nowMs)
    {
        // the first word counts: what a connection says that is on its way out is about that
        if (slot.LastError is null || slot.State is not (SlotState.Doomed or SlotState.Closing))
        {
            slot.LastError = error;
        }

        // One in use, or just returned, may have ended in good order, as after the one answer of a server that closes then.
        if (!isActorFailure && (slot.State is not (SlotState.Leased or SlotState.Doomed or SlotState.Closing) || NetworkFault.IsEnd(error)))
        {
            NoteEnd(slot, error, nowMs);
        }

        Retire(slot, isActorFailure ? CloseReason.ActorFailed : CloseReason.Condemned, nowMs);
        if (isActorFailure && slot.State == SlotState.Doomed)
        {
            CutLeases(slot, CloseReason.ActorFailed, nowMs);
        }

        if (!isActorFailure)
        {
            PutSiblingsOnProbation(slot, error, nowMs);
        }

        OpenOnDemand(nowMs);
    }

    /// <param name="slot">Whose connection has closed.</param>
    /// <param name="wasOpen">Whether there was one; otherwise an attempt has ended without.</param>
    /// <param name="nowMs">The time.</param>
    void Closed(Slot slot, bool wasOpen, long nowMs)
    {
        Move(slot, SlotEvent.Closed, nowMs);
        if (wasOpen)
        {
            var opened = slot.Current;
            if (opened is null)
            {
                // It opened after its time: its close is the first that is heard of it.
                _counters.Opened++;
            }

            _counters.ClosedByReason[(int)slot.CloseReason]++;
            Publish(new ConnectionClosed(
                Name,
                slot.ConnectionId,
                slot.CloseReason,
                TimeSpan.FromMilliseconds(opened is null ? 0 : nowMs - opened.OpenedAtMs),
                slot.UseCount,
                slot.LastError,
                slot.History.ToArray(),
                nowMs));
            if (slot.CloseReason == CloseReason.NotReturned)
            {
                // Had the network ended it, this would have been noted by now, whatever came first.
                NoteUse(slot, nowMs);
            }
        }

        Emptied(slot, nowMs);
    }

    void Emptied(Slot slot, long nowMs)
    {
        PutEmpty(slot);
        Refill(nowMs);
    }

    void PutEmpty(Slot slot)
    {
        var wasTransient = slot.IsTransient;
        _transients -= wasTransient ? 1 : 0;
        slot.Clear();
        _slots.PutEmpty(slot);
        if (wasTransient || !_plainReturns)
        {
            ChooseWays();
        }
    }

    void Drain(CommandRequest request, long timeoutMs, long nowMs)
    {
        _drains.Add(request);
        if (!IsClosed)
        {
            IsClosed = true;
            Publish(new PoolDraining(Name, Count(SlotState.Leased) + Count(SlotState.Doomed), _waiters.Count));
            CancelTimers();
            FailWaiters(PoolFailureReason.Closed);
            FailWarmUps();
            foreach (var slot in _slots.All)
            {
                if (slot.State != SlotState.Empty)
                {
                    Retire(slot, CloseReason.PoolClosed, nowMs);
                }
            }
        }

        // Of several drains the most patient does not hold up the others.
        if (Count(SlotState.Doomed) > 0 && nowMs + timeoutMs < TimerDueMs((int)EndpointTimer.DrainExpires))
        {
            StartTimer(EndpointTimer.DrainExpires, timeoutMs);
        }

        FinishDrain();
    }

    /// <summary>The patience is over: what is still leased is closed under its holders.</summary>
    void ExpireDrain(long nowMs)
    {
        foreach (var slot in _slots.All)
        {
            if (slot.State == SlotState.Doomed)
            {
                CutLeases(slot, CloseReason.PoolClosed, nowMs);
            }
        }
    }

    void FinishDrain()
    {
        if (!IsClosed || _slots.InUse > 0)
        {
            return;
        }

        CancelTimers();
        System.Sources.Remove(this);
        foreach (var request in _drains)
        {
            Complete(request);
        }

        _drains.Clear();
        LeaveBudget();
        if (!_closedPublished)
        {
            _closedPublished = true;
            Publish(new PoolClosed(Name));
        }
    }

    protected override SupervisorDirective Decide(Actor child, Exception error) => SupervisorDirective.Restart;

    /// <summary>
    /// The last that is heard of a connection. Its slot is empty by now, unless its last report was what our failed turn
    /// was about.
    /// </summary>
    protected override void ChildGone(Actor child)
    {
        if (child is ConnectionActor { Slot: var slot } actor && ReferenceEquals(slot.Actor, actor))
        {
            Closed(slot, wasOpen: slot.Current is not null, System.Clock.NowMs);
        }
    }

    /// <summary>
    /// After a turn of ours threw: connections are closed, waiters get the error, leases still out are outdated. Nothing of
    /// the old state is relied on but the slots themselves.
    /// </summary>
    protected override void Restarting(Exception error)
    {
        var nowMs = System.Clock.NowMs;
        CancelTimers();
        _waitExpiryMs = Options.PoolSettings.Never;
        _idleExpiryMs = Options.PoolSettings.Never;
        _renewalDueMs = Options.PoolSettings.Never;
        _leaseCheckMs = Options.PoolSettings.Never;
        _isPaused = false;
        _stale = 0;
        _idle.Clear();
        _shared.Clear();
        Array.Clear(_counts);
        foreach (var slot in _slots.All)
        {
            foreach (var seat in slot.Seats is { } seats ? seats.All : [slot])
            {
                NoteRevocation(seat, CloseReason.ActorFailed, nowMs - seat.LeasedSinceMs);
                EndObservation(seat);
                seat.RaiseGeneration();
                seat.Holder = null;
                seat.Waiter = null;
                seat.IsLeakSuspected = false;
            }

            slot.IsStale = false;
            slot.State = slot.Actor is null ? SlotState.Empty : SlotState.Closing;
            slot.StateSinceMs = nowMs;
            slot.CloseReason = CloseReason.ActorFailed;
            slot.LastError = error;
            _counts[(int)slot.State]++;
            if (slot.Actor is { } actor)
            {
                Send(actor, ConnectionMessage.Close(CloseReason.ActorFailed));
            }
            else
            {
                slot.Clear();
            }
        }

        _slots.FindEmpty();
        _transients = _slots.CountTransients();
        ExpectCredentials();
        ChooseWays();
        var failure = Failure(PoolFailureReason.SupervisorFailed) with { LastOpenError = error };
        while (_waiters.TakeFirst() is { } waiter)
        {
            Fail(waiter, failure with { WaitedMs = nowMs - waiter.SinceMs });
        }

        Refill(nowMs);
        ExpectTrialEnd(nowMs);
        _warmedUp = 0;
        ExpectWarmth();
    }
}

using ActorPool.Connections;

namespace ActorPool.Endpoints;

/// <summary>The way of a lease: acquire, release, and what a holder may say in between.</summary>
sealed partial class EndpointSupervisor
{
    void Acquire(ref EndpointMessage message)
    {
        var nowMs = System.Clock.NowMs;
        if (!TryGrant(ref message, nowMs))
        {
            Miss(ref message, nowMs, atHead: false);
        }
    }

    /// <summary>Grants an idle connection, or a free seat of one that is shared, if there is one.</summary>
    bool TryGrant(ref EndpointMessage message, long nowMs)
    {
        if (_isPaused || IsPastDeadline() || message.Payload is not null && HasEnded(message.Payload))
        {
            return false;
        }

        int index;
        while ((index = _idle.Take(_settings.Order)) >= 0)
        {
            var slot = _slots[index];
            if (nowMs >= slot.ExpiresAtMs)
            {
                RetireTaken(slot, slot.CloseReason, nowMs);
                continue;
            }

            var needsLook = slot.IsSuspect || (_looks && nowMs - slot.StateSinceMs >= _settings.ValidateAfterIdleMs);
            slot.IsSuspect = false;
            MoveLease(slot, SlotEvent.Take, nowMs);
            Answer(ref message, TakeSeat(slot), needsLook, nowMs);
            return true;
        }

        return TryGrantShared(ref message, nowMs);
    }

    void Answer(ref EndpointMessage message, Seat seat, bool needsLook, long nowMs)
    {
        if (message.Waiter is { } waiter)
        {
            waiter.NeedsLook = needsLook;
            waiter.HasWaited = false;
            waiter.Holder = message.Payload;
            if (message.Observation.IsOn)
            {
                waiter.Observation = message.Observation;
            }

            Grant(seat, waiter, nowMs);
            return;
        }

        Occupy(seat, message.Payload, nowMs);
        if (message.Observation.IsOn)
        {
            Watch(seat, message.Observation);
        }

        message.Seat = seat;
        message.Number = seat.Generation;
        message.Flag = needsLook;
    }

    /// <summary>A lease begins.</summary>
    void Occupy(Seat seat, object? holder, long nowMs)
    {
        seat.LeasedSinceMs = nowMs;
        seat.Slot.UseCount++;
        _acquired++;
        if (holder is not null)
        {
            seat.Holder = holder;
        }

        if (_leaseCheckAfterMs < Options.PoolSettings.Never)
        {
            ExpectLeaseCheck(nowMs + _leaseCheckAfterMs, nowMs);
        }
    }

    /// <summary>An acquirer's connection turned out dead: it goes, and its acquirer is served before all others.</summary>
    void Reacquire(ref EndpointMessage message)
    {
        var nowMs = System.Clock.NowMs;
        var seat = message.Seat!;
        message.Seat = null;
        if (seat.Generation == message.Number)
        {
            _acquired--;
            if (seat.Waiter is { HasWaited: true })
            {
                _counters.AcquiredAfterWait--;
            }

            // It is still the same acquire, and the holder never had this lease.
            message.Observation = seat.Observation;
            seat.Observation = default;
            EndLease(seat, byHolder: true, nowMs);
            if (_health.IsOnTrial)
            {
                NoteEnd(seat.Slot, new EndOfStreamException("The connection had ended, or had unread bytes, when it was about to be handed out."), nowMs);
            }

            CloseReturned(seat, CloseReason.NotReusable, nowMs);
        }

        if (!TryGrant(ref message, nowMs))
        {
            Miss(ref message, nowMs, atHead: true);
        }

        // Who shares the connection may keep it for long: its close is not what has the next one opened.
        OpenOnDemand(nowMs);
    }

    /// <summary>A holder returns its lease.</summary>
    void EndLease(Seat seat, Slot slot, long generation, bool fit, ResetChoice? reset)
    {
        if (seat.Generation != generation)
        {
            _counters.RepeatedReleases++;
            return;
        }

        var nowMs = Math.Max(System.Clock.CoarseNowMs, slot.StateSinceMs);
        EndLease(seat, byHolder: true, nowMs);
        if (slot.State == SlotState.Doomed || !fit)
        {
            CloseReturned(seat, CloseReason.NotReturned, nowMs);
        }
        else if (nowMs >= slot.ExpiresAtMs)
        {
            CloseReturned(seat, slot.CloseReason, nowMs);
        }
        else if (_plainReturns && reset is null)
        {
            MoveLease(slot, SlotEvent.Return, nowMs);
            MakeIdle(slot, nowMs);
        }
        else
        {
            ReturnOtherwise(seat, reset, nowMs);
            if (slot.State != SlotState.Resetting)
            {
                // Otherwise it has served once its reset has passed.
                NoteUse(slot, nowMs);
            }
        }
    }

    /// <summary>A lease has ended whose connection is in order, but not simply idle now.</summary>
    void ReturnOtherwise(Seat seat, ResetChoice? reset, long nowMs)
    {
        var slot = seat.Slot;

        // One that others hold too serves nobody any more once it is to go, for as long as they keep it: no more of them than must.
        var others = slot.Seats is { Taken: > 1 } seats ? seats : null;
        var leaving = others is null ? 0 : Count(SlotState.Doomed);
        if (TooMany > leaving)
        {
            CloseReturned(seat, CloseReason.Resized, nowMs);
        }
        else if (slot.IsStale && (leaving == 0 || Room > 0) && (Present > FillTarget || MustBreakFirst))
        {
            CloseReturned(seat, slot.CloseReason, nowMs);
        }
        else if (others is not null)
        {
            Part(slot, others, seat, nowMs);
        }
        else if (reset is { Reset: null } || (reset is null && !_connector.Steps.HasFlag(ConnectorSteps.Reset)))
        {
            Vacate(seat);
            MoveLease(slot, SlotEvent.Return, nowMs);
            MakeIdle(slot, nowMs);
            Trim(nowMs);
        }
        else
        {
            Vacate(seat);
            Move(slot, SlotEvent.ReturnToReset, nowMs);
            Send(slot.Actor!, ConnectionMessage.Reset(reset));
        }
    }

    /// <summary>
    /// Outdates the lease, and keeps what it no longer needs for the next. What was kept of it for who measures or traces has
    /// been taken from it before: <see cref="EndObservation"/>.
    /// </summary>
    /// <param name="seat">Whose lease ends.</param>
    /// <param name="byHolder">
    /// Whether its holder says so, who must then have taken the lease from its promise. A lease that is cut may not have
    /// been taken yet: its promise is left alone, and not used again.
    /// </param>
    /// <param name="nowMs">The time.</param>
    void EndLease(Seat seat, bool byHolder, long nowMs)
    {
        seat.RaiseGeneration();
        _useMs += nowMs - seat.LeasedSinceMs;
        if (seat.IsLeakSuspected)
        {
            Acquit(seat, byHolder, nowMs);
        }

        if (seat.Holder is not null)
        {
            seat.Holder = null;
        }

        if (seat.Waiter is { } waiter)
        {
            seat.Waiter = null;
            if (byHolder)
            {
                KeepWaiter(waiter);
            }
        }
    }

    void MarkFaulty(ref EndpointMessage message)
    {
        var seat = message.Seat!;
        if (seat.Generation == message.Number)
        {
            var nowMs = System.Clock.NowMs;
            var slot = seat.Slot;
            slot.LastError = (Exception?)message.Payload ?? slot.LastError;
            if (seat.Observation.Trace is { } trace)
            {
                trace.IsFaulty = true;
                trace.Fault = (Exception?)message.Payload;
            }

            Retire(slot, CloseReason.Fault, nowMs);
            PutSiblingsOnProbation(slot, slot.LastError, nowMs);
            OpenOnDemand(nowMs);
        }
    }

    void Detach(ref EndpointMessage message)
    {
        var seat = message.Seat!;
        var slot = seat.Slot;
        message.Flag = seat.Generation == message.Number && slot.Seats is not { Taken: > 1 };
        if (!message.Flag)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        EndObservation(seat);
        EndLease(seat, byHolder: true, nowMs);
        Vacate(seat);
        if (slot.State != SlotState.Doomed)
        {
            Leaves(slot);
        }

        Move(slot, SlotEvent.Detach, nowMs);
        Send(slot.Actor!, ConnectionMessage.Command(ConnectionRequest.Forget));
        Emptied(slot, nowMs);
    }

    /// <summary>A holder hands in a connection of its own. False if there is no room for it.</summary>
    bool Attach(object connection)
    {
        var nowMs = System.Clock.NowMs;
        if (IsClosed || Room <= 0 || WithinBudget(1, wished: 1) == 0)
        {
            return false;
        }

        var slot = Fill(nowMs);
        Send(slot.Actor!, ConnectionMessage.Attach(connection));
        Opened(slot, new OpenResult(connection, CredentialsVersion: _credentialsVersion), nowMs);
        return true;
    }
}

namespace ActorPool.Endpoints;

/// <summary>
/// The two messages that come by the million, acquire and release, as turns of their own: the mailbox, its rules and what is
/// done are those of every other message; only the packing is spared, which would be half of the cost.
/// </summary>
sealed partial class EndpointSupervisor
{
    /// <summary>In place of a generation: the mailbox stayed busy, and the caller had better queue.</summary>
    public const long BusyMailbox = -1;

    /// <summary>
    /// From a caller's thread: leases the connection that is next in order, or, if all are leased, queues the caller. Null
    /// without a waiter if it takes a second thought: the caller then sends <see cref="EndpointRequest.Acquire"/>.
    /// </summary>
    /// <param name="timeoutMs">The whole wait.</param>
    /// <param name="generation">The number of the lease, or <see cref="BusyMailbox"/>.</param>
    /// <param name="waiter">Who waits for it.</param>
    public Slot? Acquire(long timeoutMs, out long generation, out Waiter? waiter)
    {
        generation = 0;
        waiter = null;
        if (!Mailbox.TryEnter() && !TryEnterSlowly(patient: true))
        {
            generation = BusyMailbox;
            return null;
        }

        Slot? slot = null;
        try
        {
            if (Mode != Actors.ActorMode.Running)
            {
                // Refused by message.
            }
            else if (_deadline is { HasPassed: true })
            {
                // Nothing is handed out.
            }
            else if (_plainHits && _idle.Count > 0)
            {
                slot = TakeIdle(System.Clock.CoarseNowMs);
                generation = slot?.Generation ?? 0;
            }
            else if (_plainWaits && _slots.InUse >= _settings.MaxSize && _health.State != PoolHealth.Unavailable && !IsClosed && timeoutMs > 0)
            {
                waiter = TakeWaiter();
                Enqueue(waiter, holder: null, timeoutMs, System.Clock.NowMs, atHead: false);
            }
        }
#pragma warning disable CA1031 // as every turn: what it throws is this actor's failure, and its sender does not see it
        catch (Exception error)
#pragma warning restore CA1031
        {
            slot = null;
            if (waiter is { IsQueued: false })
            {
                waiter = null;
            }

            Fail(error);
        }

        Leave();
        return slot;
    }

    /// <summary>From a holder's thread: its lease ends. What the connector wants to see of it, it sees before the turn.</summary>
    public void Release(Seat seat, Slot slot, long generation)
    {
        var fit = true;
        ResetChoice? reset = null;
        if (_returns)
        {
            (generation, fit) = LookAtReturned(seat, generation, ref reset);
        }

        // The turn that granted the lease has set this, so its holder sees it; what the holder of an ended lease sees is no matter.
        if (seat.IsWatched)
        {
            ReleaseWatched(seat, generation, fit, reset);
            return;
        }

        if (!Mailbox.TryEnter() && !TryEnterSlowly(patient: false))
        {
            TellQueued(EndpointMessage.Release(seat, generation, fit, reset));
            return;
        }

        try
        {
            if (Mode == Actors.ActorMode.Running)
            {
                EndLease(seat, slot, generation, fit, reset);
            }
        }
#pragma warning disable CA1031 // as every turn: what it throws is this actor's failure, and its sender does not see it
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error);
        }

        Leave();
    }

    /// <summary>From a holder's thread: its lease ends, and it wants another reset than the pool's.</summary>
    public void Release(Seat seat, long generation, ResetChoice reset)
    {
        var fit = true;
        ResetChoice? choice = reset;
        if (_returns)
        {
            (generation, fit) = LookAtReturned(seat, generation, ref choice);
        }

        ReleaseWatched(seat, generation, fit, choice);
    }

    Slot? TakeIdle(long nowMs)
    {
        var index = _idle.Peek(_settings.Order);
        if (index < 0)
        {
            return null;
        }

        // A coarse time may be older than what the slot was last moved at; a slot's time does not go back.
        var slot = _slots[index];
        nowMs = Math.Max(nowMs, slot.StateSinceMs);
        if (nowMs >= slot.ExpiresAtMs || slot.IsSuspect || (_looks && nowMs - slot.StateSinceMs >= _settings.ValidateAfterIdleMs))
        {
            return null;
        }

        _idle.TakePeeked(_settings.Order);
        MoveLease(slot, SlotEvent.Take, nowMs);
        slot.LeasedSinceMs = nowMs;
        slot.UseCount++;
        _acquired++;
        return slot;
    }

    /// <summary>
    /// Has the connector look at a connection on its way back. Of several who dispose one lease at once, one has it looked
    /// at and returns it; the others' messages are outdated from the start, and only counted.
    /// </summary>
    /// <param name="seat">Whose lease ends.</param>
    /// <param name="generation">The lease.</param>
    /// <param name="reset">What its holder chose; if nothing, skipped where the connector says that there is nothing to clear.</param>
    (long Generation, bool Fit) LookAtReturned(Seat seat, long generation, ref ResetChoice? reset)
    {
        var connection = seat.Slot.Current?.Connection;
        if (!seat.TryClaimReturn(generation))
        {
            return (0, true);
        }

        try
        {
            if (connection is null)
            {
                return (generation, true);
            }

            var fit = !_connector.Steps.HasFlag(ConnectorSteps.Return) || _connector.TryReturn(connection);
            if (fit && reset is null && _connector.Steps.HasFlag(ConnectorSteps.Reset) && !_connector.NeedsReset(connection))
            {
                reset = ResetChoice.Skip;
            }

            return (generation, fit);
        }
#pragma warning disable CA1031 // a connection whose return throws is not fit for another
        catch (Exception)
#pragma warning restore CA1031
        {
            return (generation, false);
        }
    }
}

namespace ActorPool.Endpoints;

/// <summary>
/// The two messages that come by the million, as turns of their own: the acquire that hits, and the release. The mailbox,
/// its rules and what is done are those of every other message; only the packing is spared, which would be half of the cost.
/// </summary>
sealed partial class EndpointSupervisor
{
    /// <summary>
    /// From a caller's thread: leases the connection that is next in order, if there is one that needs no second thought.
    /// Null otherwise: the caller then sends <see cref="EndpointRequest.Acquire"/>.
    /// </summary>
    public Slot? TryTakeIdle(out long generation)
    {
        generation = 0;

        // A look from outside, which may be outdated: it only spares the mailbox a visit that is most likely of no use.
        if (_idle.Count == 0 || !(Mailbox.TryEnter() || TryEnterSlowly(patient: true)))
        {
            return null;
        }

        Slot? slot = null;
        try
        {
            slot = Mode == Actors.ActorMode.Running ? TakeIdle(System.Clock.CoarseNowMs) : null;
            if (slot is not null)
            {
                generation = slot.Generation;
            }
        }
#pragma warning disable CA1031 // as every turn: what it throws is this actor's failure, and its sender does not see it
        catch (Exception error)
#pragma warning restore CA1031
        {
            slot = null;
            Fail(error);
        }

        Leave();
        return slot;
    }

    /// <summary>From a holder's thread: its lease ends. What the connector wants to see of it, it sees before the turn.</summary>
    public void Release(Slot slot, long generation)
    {
        var fit = true;
        if (_returns)
        {
            (generation, fit) = LookAtReturned(slot, generation);
        }

        if (!Mailbox.TryEnter() && !TryEnterSlowly(patient: false))
        {
            TellQueued(EndpointMessage.Release(slot, generation, fit));
            return;
        }

        try
        {
            if (Mode == Actors.ActorMode.Running)
            {
                EndLease(slot, generation, fit);
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

    Slot? TakeIdle(long nowMs)
    {
        var index = _idle.Peek(_settings.Order);
        if (index < 0)
        {
            return null;
        }

        var slot = _slots[index];
        if (nowMs >= slot.ExpiresAtMs || (_looks && nowMs - slot.StateSinceMs >= _settings.ValidateAfterIdleMs))
        {
            return null;
        }

        _idle.TakePeeked(_settings.Order);
        Take(slot, holder: null, nowMs);
        return slot;
    }

    /// <summary>
    /// Has the connector look at a connection on its way back. Of several who dispose one lease at once, one has it looked
    /// at and returns it; the others' messages are outdated from the start, and only counted.
    /// </summary>
    (long Generation, bool Fit) LookAtReturned(Slot slot, long generation)
    {
        var connection = slot.Current?.Connection;
        if (!slot.TryClaimReturn(generation))
        {
            return (0, true);
        }

        try
        {
            return (generation, connection is null || _connector.TryReturn(connection));
        }
#pragma warning disable CA1031 // a connection whose return throws is not fit for another
        catch (Exception)
#pragma warning restore CA1031
        {
            return (generation, false);
        }
    }
}

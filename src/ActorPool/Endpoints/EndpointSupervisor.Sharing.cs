namespace ActorPool.Endpoints;

/// <summary>Connections with several leases at once: those that multiplex.</summary>
sealed partial class EndpointSupervisor
{
    readonly SharedSlots _shared = new();

    // Whether connections have ever been shared: some may still be.
    bool _hasShared;

    /// <summary>A seat of a connection that was idle.</summary>
    Seat TakeSeat(Slot slot)
    {
        if (_settings.MaxLeasesPerConnection == 1 && slot.Seats is null)
        {
            return slot;
        }

        slot.Seats ??= new SlotSeats(slot, _settings.MaxLeasesPerConnection);
        var seat = slot.Seats.Take();
        Share(slot);
        return seat;
    }

    /// <summary>Nothing is idle: grants a free seat of the connection with the fewest leases.</summary>
    bool TryGrantShared(ref EndpointMessage message, long nowMs)
    {
        if (_shared.Count == 0 || TakeSharedSeat(nowMs) is not { } seat)
        {
            return false;
        }

        Answer(ref message, seat, needsLook: false, nowMs);
        return true;
    }

    Seat? TakeSharedSeat(long nowMs)
    {
        while (_shared.PeekLeast() is { } slot)
        {
            if (nowMs >= slot.ExpiresAtMs)
            {
                RetireTaken(slot, slot.CloseReason, nowMs);
                continue;
            }

            MoveLease(slot, SlotEvent.Join, nowMs);
            var seat = slot.Seats!.Take();
            Share(slot);
            return seat;
        }

        return null;
    }

    /// <summary>One of several leases of a connection has ended in good order: its seat is for the next in line.</summary>
    void Part(Slot slot, SlotSeats seats, Seat seat, long nowMs)
    {
        MoveLease(slot, SlotEvent.Part, nowMs);
        seats.PutFree(seat);
        if (slot.State == SlotState.Leased)
        {
            Share(slot);
            ServeShared(nowMs);
        }
    }

    /// <summary>Waiters for as many free seats as there are.</summary>
    void ServeShared(long nowMs)
    {
        while (_shared.Count > 0 && NextWaiter(nowMs) is { } waiter)
        {
            if (TakeSharedSeat(nowMs) is { } seat)
            {
                Grant(seat, waiter, nowMs);
            }
            else
            {
                _waiters.AddFirst(waiter);
                return;
            }
        }
    }

    /// <summary>Takes note of a leased connection's room for more leases, as long as the options allow any.</summary>
    void Share(Slot slot)
    {
        if (LeasesMax > 1 && !(slot.IsStale && Room > 0))
        {
            _shared.Place(slot);
        }
        else
        {
            _shared.Remove(slot);
        }
    }

    /// <summary>A seat whose lease has ended is free, whatever becomes of the connection.</summary>
    void Vacate(Seat seat)
    {
        var slot = seat.Slot;
        if (slot.Seats is { } seats)
        {
            seats.PutFree(seat);
            _shared.Remove(slot);
        }
    }
}

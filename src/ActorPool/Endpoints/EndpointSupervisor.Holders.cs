using ActorPool.Diagnostics;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>Leases whose holders keep them too long, are gone, or have lost them.</summary>
sealed partial class EndpointSupervisor
{
    /// <summary>With <see cref="LeakDetection.Sampled"/>, one lease in so many is watched.</summary>
    const int SampleEvery = 8;

    // After how long a lease is worth a look; Never if no option asks for it.
    long _leaseCheckAfterMs = PoolSettings.Never;
    long _leaseCheckMs = PoolSettings.Never;

    /// <summary>From a caller's thread: whether any lease is watched for being lost.</summary>
    public bool WatchesLeases => _watchesLeases;

    /// <summary>From a caller's thread: whether its new lease is.</summary>
    public bool WatchesNextLease => _settings.LeakDetection switch
    {
        LeakDetection.All => true,
        LeakDetection.Sampled => _acquired % SampleEvery == 0,
        _ => false,
    };

    /// <summary>From any thread: leases with this holder end, and waiters for it.</summary>
    public void EndHolderSoon(LeaseScope scope) => Post(EndpointMessage.Command(EndpointRequest.HolderEnded, scope));

    static bool HasEnded(object holder) => ScopeOf(holder) is { HasEnded: true };

    static LeaseScope? ScopeOf(object? holder) =>
        holder as LeaseScope ?? (holder as TracedHolder)?.Holder as LeaseScope;

    void ExpectLeaseCheck(long dueMs, long nowMs)
    {
        if (dueMs < _leaseCheckMs)
        {
            _leaseCheckMs = dueMs;
            StartTimer(EndpointTimer.LeaseOverdue, dueMs - nowMs);
        }
    }

    /// <summary>Revokes leases that last too long, and reports those that are on the way to it.</summary>
    void CheckLeases(long nowMs)
    {
        _leaseCheckMs = PoolSettings.Never;
        foreach (var slot in _slots.All)
        {
            if (slot.State is not (SlotState.Leased or SlotState.Doomed))
            {
                continue;
            }

            if (slot.Seats is not { } seats)
            {
                CheckLease(slot, nowMs);
                continue;
            }

            foreach (var seat in seats.All)
            {
                if (seats.IsTaken(seat))
                {
                    CheckLease(seat, nowMs);
                }
            }
        }
    }

    void CheckLease(Seat seat, long nowMs)
    {
        var heldMs = nowMs - seat.LeasedSinceMs;
        if (heldMs >= _settings.LeaseTimeoutMs)
        {
            Revoke(seat, CloseReason.LeaseTimeout, nowMs);
            return;
        }

        if (!seat.IsLeakSuspected && heldMs >= _settings.LeakWarningAfterMs)
        {
            seat.IsLeakSuspected = true;
            Publish(new LeaseSuspected(Name, seat.Slot.ConnectionId, seat.Holder, heldMs));
        }

        var nextMs = seat.IsLeakSuspected ? _settings.LeaseTimeoutMs : _leaseCheckAfterMs;
        ExpectLeaseCheck(Math.Min(PoolSettings.Never, seat.LeasedSinceMs + nextMs), nowMs);
    }

    /// <summary>A lease that had been reported has ended after all.</summary>
    void Acquit(Seat seat, bool byHolder, long nowMs)
    {
        seat.IsLeakSuspected = false;
        if (byHolder)
        {
            Publish(new LeaseReturnedLate(Name, seat.Slot.ConnectionId, seat.Holder, nowMs - seat.LeasedSinceMs));
        }
    }

    /// <summary>Takes a lease back from its holder: it is outdated, and its connection closed, after its other leases if it has any.</summary>
    void Revoke(Seat seat, CloseReason reason, long nowMs)
    {
        var slot = seat.Slot;
        var heldMs = nowMs - seat.LeasedSinceMs;
        NoteRevocation(seat, reason, heldMs);
        _counters.Revoked++;
        Publish(new LeaseRevoked(Name, slot.ConnectionId, seat.Holder, heldMs, reason));
        EndObservation(seat);
        EndLease(seat, byHolder: false, nowMs);
        CloseReturned(seat, reason, nowMs);
    }

    /// <summary>Before a lease is outdated: for its holder, and for one who has not taken it from his promise yet.</summary>
    static void NoteRevocation(Seat seat, CloseReason reason, long heldMs)
    {
        seat.LastRevocation = new Revocation(seat.Generation, reason, heldMs);
        if (seat.Waiter is { } waiter)
        {
            waiter.Revocation = seat.LastRevocation;
        }
    }

    /// <summary>A lease is garbage: whoever had it has forgotten to return it.</summary>
    void LeaseLost(Seat seat, long generation)
    {
        if (seat.Generation == generation)
        {
            _counters.Lost++;
            Revoke(seat, CloseReason.LeaseLost, System.Clock.NowMs);
        }
    }

    /// <summary>A scope has ended: what it holds is taken back, and what it waits for is not needed.</summary>
    void EndHolder(LeaseScope scope)
    {
        var nowMs = System.Clock.NowMs;
        WaitFailure? failure = null;
        for (var waiter = _waiters.First; waiter is not null;)
        {
            var next = waiter.Next;
            if (ReferenceEquals(ScopeOf(waiter.Holder), scope))
            {
                failure ??= Failure(PoolFailureReason.HolderEnded);
                _waiters.Remove(waiter);
                _counters.Cancelled++;
                Fail(waiter, Explained(failure, waiter, nowMs));
            }

            waiter = next;
        }

        foreach (var slot in _slots.All)
        {
            foreach (var seat in slot.Seats is { } seats ? seats.All : [slot])
            {
                if (seat.Holder is { } holder && ReferenceEquals(ScopeOf(holder), scope))
                {
                    Revoke(seat, CloseReason.HolderEnded, nowMs);
                }
            }
        }

        WantLess(nowMs);
    }
}

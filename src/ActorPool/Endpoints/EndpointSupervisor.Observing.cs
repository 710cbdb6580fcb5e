using System.Diagnostics;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>What is kept for those who measure and trace, and told outside the turn. Nothing, while nobody does.</summary>
sealed partial class EndpointSupervisor
{
    /// <summary>An open has so many causes at most: the waiters that one connection can serve.</summary>
    const int CausesMax = 16;

    /// <summary>Who measures and traces the pool.</summary>
    public EndpointTelemetry Telemetry { get; }

    /// <inheritdoc/>
    public bool TryRead(PoolNumbers numbers)
    {
        var message = EndpointMessage.Command(EndpointRequest.ReadNumbers, numbers);
        TakeTurn(ref message);
        return message.Flag;
    }

    /// <summary>From a holder's thread: a lease ends that may be watched. Its holder tells of it, unless the mailbox is busy.</summary>
    void ReleaseWatched(Seat seat, long generation, bool fit, ResetChoice? reset)
    {
        var message = EndpointMessage.Release(seat, generation, fit, reset);
        if (!Mailbox.TryEnter() && !TryEnterSlowly(patient: false))
        {
            TellQueued(message);
            return;
        }

        message.IsAnswered = true;
        Turn(ref message);
        Leave();
        if (message.Observation.IsOn)
        {
            Telemetry.LeaseEnded(message.Observation, Telemetry.Now);
        }
    }

    /// <summary>A lease ends by message. If its sender waits for the answer, it tells of the lease itself.</summary>
    void Release(ref EndpointMessage message)
    {
        var seat = message.Seat!;
        if (seat.Generation == message.Number && message.IsAnswered)
        {
            message.Observation = TakeObservation(seat);
        }
        else if (seat.Generation == message.Number)
        {
            EndObservation(seat);
        }

        EndLease(seat, seat.Slot, message.Number, message.Flag, (ResetChoice?)message.Payload);
    }

    /// <summary>A lease begins that is watched.</summary>
    static void Watch(Seat seat, in Observation observation)
    {
        seat.Observation = observation;
        if (observation.Trace is { } trace)
        {
            var slot = seat.Slot;
            trace.ConnectionId = slot.ConnectionId;
            trace.UseCount = slot.UseCount;
            trace.OpenedIn = slot.OpenedIn;
        }
    }

    /// <summary>A lease begins of one who waited, or was served in the turn that it came in.</summary>
    void WatchGranted(Seat seat, Waiter waiter)
    {
        if (waiter.Observation.IsOn)
        {
            waiter.GrantedAt = waiter.HasWaited ? Telemetry.Now : waiter.Observation.At;
            Watch(seat, new Observation(waiter.GrantedAt, waiter.Observation.Trace));
        }
    }

    /// <summary>The lease of a seat is about to end, and the dispatcher tells of it if it was watched.</summary>
    void EndObservation(Seat seat)
    {
        if (seat.IsWatched)
        {
            Start(new LeaseEnd(Telemetry, TakeObservation(seat)));
        }
    }

    /// <summary>The lease of a seat is about to end: what was kept of it is somebody's to tell.</summary>
    static Observation TakeObservation(Seat seat)
    {
        var observation = seat.Observation;
        seat.Observation = default;
        if (observation.Trace is { } trace && seat.LastRevocation is { } last && last.Generation == seat.Generation)
        {
            trace.Revoked = last.Reason;
        }

        return observation;
    }

    /// <summary>Links to the activities of those who wait and for whom no connection is being opened yet; null if there is none.</summary>
    ActivityLink[]? CausesOfNextOpen()
    {
        var waiter = _waiters.First;
        for (var served = (long)Count(SlotState.Opening) * LeasesMax; served > 0 && waiter is not null; served--)
        {
            waiter = waiter.Next;
        }

        var causes = new List<ActivityLink>();
        for (var count = Math.Min(LeasesMax, CausesMax); count > 0 && waiter is not null; count--)
        {
            if (waiter.Observation.Trace is { Caller: var caller } && caller != default)
            {
                causes.Add(new ActivityLink(caller));
            }

            waiter = waiter.Next;
        }

        return causes.Count == 0 ? null : [.. causes];
    }

    void ReadInTurn(PoolNumbers numbers)
    {
        numbers.Health = _health.State;
        numbers.MinSize = _settings.MinSize;
        numbers.MaxSize = _settings.MaxSize;
        numbers.IdleMax = _settings.IdleTimeoutMs == 0 ? _settings.MinSize : _settings.MaxSize;
        numbers.Idle = Count(SlotState.Idle);
        numbers.Leased = Count(SlotState.Leased) + Count(SlotState.Doomed);
        numbers.Opening = Count(SlotState.Opening);
        numbers.Probing = Count(SlotState.Probing);
        numbers.Resetting = Count(SlotState.Resetting);
        numbers.Closing = Count(SlotState.Closing);
        numbers.Waiting = _waiters.Count;
        numbers.OldestWaitMs = _waiters.First is { } first ? System.Clock.NowMs - first.SinceMs : 0;
        numbers.Acquired = _acquired;
        numbers.AcquiredAfterWait = _counters.AcquiredAfterWait;
        numbers.TimedOut = _counters.TimedOut;
        numbers.Cancelled = _counters.Cancelled;
        numbers.Rejected = _counters.Rejected;
        numbers.Shed = _counters.Shed;
        numbers.Unavailable = _counters.Unavailable;
        numbers.Revoked = _counters.Revoked;
        numbers.Lost = _counters.Lost;
        numbers.RepeatedReleases = _counters.RepeatedReleases;
        numbers.Opened = _counters.Opened;
        numbers.OpensFailed = _counters.OpensFailed;
        numbers.Granted = _grants is null ? null : _granted;
        _counters.ClosedByReason.CopyTo(numbers.ClosedByReason, 0);
    }
}

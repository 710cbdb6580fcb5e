namespace ActorPool.Endpoints;

/// <summary>The pool's picture.</summary>
sealed partial class EndpointSupervisor
{
    PoolSnapshot SnapshotInTurn()
    {
        var nowMs = System.Clock.NowMs;
        return new PoolSnapshot
        {
            Name = Name,
            Health = _health.State,
            IsClosed = IsClosed,
            IsPaused = _isPaused,
            Generation = _epoch,
            MinSize = _settings.MinSize,
            MaxSize = _settings.MaxSize,
            Idle = Count(SlotState.Idle),
            Leased = Count(SlotState.Leased) + Count(SlotState.Doomed),
            Opening = Count(SlotState.Opening),
            Probing = Count(SlotState.Probing),
            Resetting = Count(SlotState.Resetting),
            Closing = Count(SlotState.Closing),
            Transient = _transients,
            Stale = _stale,
            Waiting = _waiters.Count,
            OldestWait = TimeSpan.FromMilliseconds(_waiters.First is { } first ? nowMs - first.SinceMs : 0),
            Acquired = _acquired,
            AcquiredAfterWait = _counters.AcquiredAfterWait,
            WaitTime = TimeSpan.FromMilliseconds(_counters.WaitMs),
            UseTime = TimeSpan.FromMilliseconds(_useMs),
            TimedOut = _counters.TimedOut,
            Cancelled = _counters.Cancelled,
            Rejected = _counters.Rejected,
            Shed = _counters.Shed,
            Revoked = _counters.Revoked,
            Lost = _counters.Lost,
            RepeatedReleases = _counters.RepeatedReleases,
            Opened = _counters.Opened,
            OpenedTransient = _counters.TransientsOpened,
            OpensFailed = _counters.OpensFailed,
            Closed = _counters.Closed(),
            FailuresInARow = _health.FailuresInARow,
            LastOpenErrorObject = _health.LastError,
            NextAttemptIn = _health.State == PoolHealth.Healthy
                ? null
                : TimeSpan.FromMilliseconds(Math.Max(0, _health.NextAttemptMs - nowMs)),
            Granted = _grants is null ? null : _granted,
            Connections = SnapshotConnections(nowMs),
        };
    }

    List<ConnectionSnapshot> SnapshotConnections(long nowMs)
    {
        var connections = new List<ConnectionSnapshot>(_slots.InUse);
        foreach (var slot in _slots.All)
        {
            if (slot.State == SlotState.Empty)
            {
                continue;
            }

            connections.Add(new ConnectionSnapshot
            {
                ConnectionId = slot.ConnectionId,
                Slot = slot.Index,
                State = slot.State,
                Age = TimeSpan.FromMilliseconds(slot.Current is { } open ? nowMs - open.OpenedAtMs : 0),
                InState = TimeSpan.FromMilliseconds(nowMs - slot.StateSinceMs),
                UseCount = slot.UseCount,
                Leases = SnapshotLeases(slot, nowMs),
                IsStale = slot.IsStale,
                IsTransient = slot.IsTransient,
                Address = slot.Current?.Address,
                LastErrorObject = slot.LastError,
                Transitions = slot.History.ToArray(),
                TakenAtMs = nowMs,
            });
        }

        return connections;
    }

    static LeaseSnapshot[] SnapshotLeases(Slot slot, long nowMs)
    {
        if (slot.State is not (SlotState.Leased or SlotState.Doomed))
        {
            return [];
        }

        if (slot.Seats is not { } seats)
        {
            return [SnapshotLease(slot, nowMs)];
        }

        var leases = new LeaseSnapshot[seats.Taken];
        var count = 0;
        foreach (var seat in seats.All)
        {
            if (seats.IsTaken(seat))
            {
                leases[count++] = SnapshotLease(seat, nowMs);
            }
        }

        return leases;
    }

    static LeaseSnapshot SnapshotLease(Seat seat, long nowMs) => new()
    {
        ConnectionId = seat.Slot.ConnectionId,
        Held = TimeSpan.FromMilliseconds(nowMs - seat.LeasedSinceMs),
        HolderObject = seat.Holder,
    };
}

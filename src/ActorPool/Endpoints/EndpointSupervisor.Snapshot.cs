namespace ActorPool.Endpoints;

/// <summary>The pool's picture.</summary>
sealed partial class EndpointSupervisor
{
    PoolSnapshot TakeSnapshot()
    {
        var nowMs = System.Clock.NowMs;
        return new PoolSnapshot
        {
            Name = Name,
            Health = _health.State,
            IsClosed = IsClosed,
            MinSize = _settings.MinSize,
            MaxSize = _settings.MaxSize,
            Idle = Count(SlotState.Idle),
            Leased = Count(SlotState.Leased) + Count(SlotState.Doomed),
            Opening = Count(SlotState.Opening),
            Probing = Count(SlotState.Probing),
            Resetting = Count(SlotState.Resetting),
            Closing = Count(SlotState.Closing),
            Waiting = _waiters.Count,
            OldestWait = TimeSpan.FromMilliseconds(_waiters.First is { } first ? nowMs - first.SinceMs : 0),
            Acquired = _acquired,
            AcquiredAfterWait = _counters.AcquiredAfterWait,
            TimedOut = _counters.TimedOut,
            Cancelled = _counters.Cancelled,
            RepeatedReleases = _counters.RepeatedReleases,
            Opened = _counters.Opened,
            OpensFailed = _counters.OpensFailed,
            Closed = _counters.Closed(),
            FailuresInARow = _health.FailuresInARow,
            LastOpenErrorObject = _health.LastError,
            NextAttemptIn = _health.State == PoolHealth.Healthy
                ? null
                : TimeSpan.FromMilliseconds(Math.Max(0, _health.NextAttemptMs - nowMs)),
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
                State = slot.State,
                Age = TimeSpan.FromMilliseconds(slot.Current is { } open ? nowMs - open.OpenedAtMs : 0),
                InState = TimeSpan.FromMilliseconds(nowMs - slot.StateSinceMs),
                UseCount = slot.UseCount,
                HolderObject = slot.Holder,
                LastErrorObject = slot.LastError,
                Transitions = slot.History.ToArray(),
                TakenAtMs = nowMs,
            });
        }

        return connections;
    }
}

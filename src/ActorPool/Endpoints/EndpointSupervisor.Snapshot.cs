using ActorPool.Actors;

namespace ActorPool.Endpoints;

/// <summary>The pool's picture, with its connections and without.</summary>
sealed partial class EndpointSupervisor
{
    /// <summary>A turn that callers wait for draws so many slots: some hundred microseconds.</summary>
    const int SlotsPerTurn = 4096;

    /// <summary>The pool's picture; for any thread, outside any turn.</summary>
    public PoolSnapshot Snapshot()
    {
        var draft = new SnapshotDraft(_slots.Made);
        while (!draft.IsDone)
        {
            var message = EndpointMessage.Command(EndpointRequest.TakeSnapshot, draft);
            TakeTurn(ref message);
            if (!message.Flag)
            {
                throw new InvariantException("the supervisor failed while its snapshot was taken");
            }
        }

        return draft.ToSnapshot();
    }

    /// <summary>The pool in numbers; for any thread, outside any turn.</summary>
    public PoolOverview Overview()
    {
        var message = EndpointMessage.Command(EndpointRequest.TakeOverview);
        TakeTurn(ref message);
        return (PoolOverview?)message.Payload
            ?? throw new InvariantException("the supervisor failed while its overview was taken");
    }

    PoolSnapshot SnapshotInTurn()
    {
        var draft = new SnapshotDraft(_slots.Made);
        Draw(draft, slots: int.MaxValue);
        return draft.ToSnapshot();
    }

    /// <summary>Draws the numbers, if that is not done yet, and the next slots.</summary>
    void Draw(SnapshotDraft draft, int slots)
    {
        var nowMs = System.Clock.NowMs;
        draft.Numbers ??= OverviewInTurn(nowMs);
        draft.TakenAtMs = nowMs;
        draft.Draw(_slots.All, slots);
    }

    PoolOverview OverviewInTurn(long nowMs) => new()
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
        LeasesOut = LeasesOut(),
        Slots = SlotStates(),
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
        NextAttemptIn = _health is { State: PoolHealth.Healthy, IsOnTrial: false }
            ? null
            : TimeSpan.FromMilliseconds(Math.Max(0, _health.NextAttemptMs - nowMs)),
        Granted = _grants is null ? null : _granted,
    };

    int LeasesOut()
    {
        if (!_hasShared)
        {
            return Count(SlotState.Leased) + Count(SlotState.Doomed);
        }

        var leases = 0;
        foreach (var slot in _slots.All)
        {
            leases += slot.State is SlotState.Leased or SlotState.Doomed ? slot.Seats?.Taken ?? 1 : 0;
        }

        return leases;
    }

    SlotState[] SlotStates()
    {
        var slots = _slots.All;
        var count = slots.Length <= PoolOverview.SlotsMax ? slots.Length : 0;
        while (count > 0 && slots[count - 1].State == SlotState.Empty)
        {
            count--;
        }

        if (count == 0)
        {
            return [];
        }

        var states = new SlotState[count];
        for (var i = 0; i < count; i++)
        {
            states[i] = slots[i].State;
        }

        return states;
    }
}

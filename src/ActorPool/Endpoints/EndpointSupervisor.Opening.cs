using ActorPool.Connections;

namespace ActorPool.Endpoints;

/// <summary>Opening: on demand, within limits, after backoff; detached from whoever made the demand.</summary>
sealed partial class EndpointSupervisor
{
    long _lastConnectionId;

    /// <summary>
    /// Starts as many opens as there is demand for: waiters without an attempt, and connections missing to the minimum
    /// size. A connection is opened for the pool, never for a certain waiter.
    /// </summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="passingBy">Acquirers who wanted one but do not wait.</param>
    void OpenOnDemand(long nowMs, int passingBy = 0)
    {
        if (IsClosed)
        {
            return;
        }

        var opening = Count(SlotState.Opening);
        var inUse = _slots.InUse;
        var present = inUse - opening - Count(SlotState.Closing);
        var wanted = Math.Max(_waiters.Count + passingBy, _settings.MinSize - present);
        if (_health.State == PoolHealth.Unavailable)
        {
            // Nobody waits at an unavailable endpoint; the pool itself wants to know when it is back.
            wanted = Math.Max(wanted, 1);
        }

        wanted = Math.Min(wanted, Math.Min(_health.ConnectsMax, opening + _settings.MaxSize - inUse));
        if (wanted <= opening)
        {
            return;
        }

        if (nowMs < _health.NextAttemptMs)
        {
            StartTimer(
                (int)EndpointTimer.BackoffEnds,
                _health.NextAttemptMs - nowMs,
                EndpointMessage.Command(EndpointRequest.BackoffEnded));
            return;
        }

        for (; opening < wanted; opening++)
        {
            Open(nowMs);
        }
    }

    void Open(long nowMs)
    {
        var slot = _slots.TakeEmpty();
        var connectionId = ++_lastConnectionId;
        var actor = new ConnectionActor(slot, connectionId);
        Adopt(actor);
        slot.Actor = actor;
        slot.ConnectionId = connectionId;
        slot.UseCount = 0;
        slot.History.Clear();
        Move(slot, SlotEvent.Open, nowMs);
        _health.Attempted(nowMs);
        Send(actor, ConnectionMessage.Open(_health.FailuresInARow + 1, _health.Step));
    }

    void Opened(Slot slot, object connection, long nowMs)
    {
        Move(slot, SlotEvent.Opened, nowMs);
        _counters.Opened++;
        slot.Current = new PooledConnection(
            connection, slot.ConnectionId, nowMs, System.Clock.TimeProvider.GetUtcNow());
        if (slot.State == SlotState.Closing)
        {
            // Retired while this report was under way: its actor is closing it by now.
            return;
        }

        var wasHealthy = _health.State == PoolHealth.Healthy;
        _health.Succeeded();
        slot.ExpiresAtMs = nowMs + LifetimeMs();
        Publish(new Diagnostics.ConnectionOpened(Name, slot.ConnectionId));
        if (!wasHealthy)
        {
            Publish(new Diagnostics.EndpointRecovered(Name));
        }

        MakeIdle(slot, nowMs);
        OpenOnDemand(nowMs);
    }

    void OpenFailed(Slot slot, OpenFailure failure, long nowMs)
    {
        var wasRetired = slot.State == SlotState.Closing;
        var connectionId = slot.ConnectionId;
        Move(slot, SlotEvent.OpenFailed, nowMs);

        // In this order: the failure's picture shows the slot empty, and what is opened next heeds the failure.
        PutEmpty(slot);
        if (!wasRetired)
        {
            NoteFailure(connectionId, failure, nowMs);
        }

        OpenOnDemand(nowMs);
        FinishDrain();
    }

    /// <summary>The slot stays taken until the attempt has really ended: the server may be about to accept it.</summary>
    void OpenTimedOut(Slot slot, OpenFailure failure, long nowMs)
    {
        var wasRetired = slot.State == SlotState.Closing;
        Move(slot, SlotEvent.Retire, nowMs);
        if (!wasRetired)
        {
            slot.CloseReason = CloseReason.OpenedTooLate;
            NoteFailure(slot.ConnectionId, failure, nowMs);
            OpenOnDemand(nowMs);
        }
    }

    void NoteFailure(long connectionId, OpenFailure failure, long nowMs)
    {
        _counters.OpensFailed++;
        _health.Failed(failure.Error, failure.Kind, failure.StartedAtStep, nowMs);
        Publish(new Diagnostics.OpenFailed(
            Name, connectionId, failure.Error, _health.State, Math.Max(0, _health.NextAttemptMs - nowMs)));
        if (_health.State == PoolHealth.Unavailable)
        {
            FailWaiters(UnavailableReason);
        }
    }

    long LifetimeMs() => _settings.MaxLifetimeMs == Options.PoolSettings.Never
        ? Options.PoolSettings.Never
        : (long)(_settings.MaxLifetimeMs * (1 - (_settings.LifetimeJitter * System.Random.NextDouble())));

    void Publish(object happened) => System.Events.Publish(happened);
}

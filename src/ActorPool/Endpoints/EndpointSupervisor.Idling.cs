using ActorPool.Connections;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>Idle connections: handed to who waits, kept, probed, and let go in time.</summary>
sealed partial class EndpointSupervisor
{
    /// <summary>Idle for less than this share of the keepalive interval, a connection has proved itself in use.</summary>
    const int ProbeIdleShare = 3;

    long _idleExpiryMs = PoolSettings.Never;

    // Null where connections do not take turns.
    IdleSamples? _samples;

    /// <summary>A connection has become free: for the one who has waited longest, or to lie among the idle.</summary>
    void MakeIdle(Slot slot, long nowMs)
    {
        slot.IdleSinceMs = nowMs;
        if (_waiters.Count > 0 && NextWaiter(nowMs) is { } waiter)
        {
            MoveLease(slot, SlotEvent.Take, nowMs);
            Grant(TakeSeat(slot), waiter, nowMs);
            if (_shared.Count > 0)
            {
                ServeShared(nowMs);
            }

            return;
        }

        if (_settings.IdleTimeoutMs == 0 && Surplus > 0)
        {
            RetireTaken(slot, CloseReason.IdleTimeout, nowMs);
            return;
        }

        _idle.Add(slot);
        ExpectIdleExpiry(Math.Min(slot.ExpiresAtMs, nowMs + _settings.IdleTimeoutMs), nowMs);
        if (_samples is not null)
        {
            ExpectIdleSample();
        }
    }

    /// <summary>
    /// How many connections, those on their way included, are not needed for the minimum; stale ones and those that close when
    /// they come back do not count for it.
    /// </summary>
    int Surplus => _slots.InUse - Count(SlotState.Closing) - Count(SlotState.Doomed) - _stale - FillTarget;

    /// <summary>Serves those who wait from those who are idle, after a time in which that was not allowed.</summary>
    void ServeIdle(long nowMs)
    {
        while (_waiters.Count > 0 && _idle.Count > 0 && NextWaiter(nowMs) is { } waiter)
        {
            if (waiter.Holder is { } holder && HasEnded(holder))
            {
                _counters.Cancelled++;
                Fail(waiter, Explained(Failure(PoolFailureReason.HolderEnded), waiter, nowMs));
                continue;
            }

            var message = EndpointMessage.Acquire(timeoutMs: 0, wait: true, waiter.Holder);
            message.Waiter = waiter;
            if (!TryGrant(ref message, nowMs))
            {
                _waiters.AddFirst(waiter);
                break;
            }

            waiter.HasWaited = true;
            WatchGranted(waiter.Seat!, waiter);
            _counters.AcquiredAfterWait++;
            _counters.WaitMs += nowMs - waiter.SinceMs;
        }

        ServeShared(nowMs);
    }

    void ExpectIdleExpiry(long dueMs, long nowMs)
    {
        if (dueMs < _idleExpiryMs)
        {
            _idleExpiryMs = dueMs;
            StartTimer(EndpointTimer.IdleExpires, dueMs - nowMs);
        }
    }

    /// <summary>Closes what is too old, and, longest idle first, what was idle for too long and is above the minimum size.</summary>
    void ExpireIdle(long nowMs)
    {
        var surplus = Surplus;
        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        foreach (var index in indexes)
        {
            var slot = _slots[index];
            if (nowMs >= slot.ExpiresAtMs)
            {
                Retire(slot, slot.CloseReason, nowMs);
                surplus--;
            }
            else if (surplus > 0 && nowMs - slot.IdleSinceMs >= _settings.IdleTimeoutMs)
            {
                Retire(slot, CloseReason.IdleTimeout, nowMs);
                surplus--;
            }
        }

        var dueMs = PoolSettings.Never;
        foreach (var index in indexes)
        {
            var slot = _slots[index];
            if (slot.State == SlotState.Idle)
            {
                dueMs = Math.Min(dueMs, slot.ExpiresAtMs);
                if (surplus > 0)
                {
                    dueMs = Math.Min(dueMs, slot.IdleSinceMs + _settings.IdleTimeoutMs);
                }
            }
        }

        _idleExpiryMs = PoolSettings.Never;
        ExpectIdleExpiry(dueMs, nowMs);
    }

    void ExpectIdleSample()
    {
        if (TimerDueMs((int)EndpointTimer.IdleSampled) == long.MaxValue && Surplus > 0)
        {
            StartTimer(EndpointTimer.IdleSampled, _settings.PruneIntervalMs);
        }
    }

    /// <summary>
    /// Where connections take turns none is idle for long, however many are too many: closes as many as were idle half of the
    /// time.
    /// </summary>
    void SampleIdle(long nowMs)
    {
        if (_samples is not { } samples)
        {
            return;
        }

        samples.Add(_idle.Count);
        if (samples.TryTakeMedian(out var median))
        {
            var indexes = new List<int>(_idle.Count);
            _idle.CopyTo(indexes);
            var surplus = Math.Min(median, Surplus);
            foreach (var index in indexes.Take(Math.Max(0, surplus)))
            {
                Retire(_slots[index], CloseReason.Pruned, nowMs);
            }
        }

        ExpectIdleSample();
    }

    /// <summary>
    /// A connection would like to be probed. Only one that is idle, and has been for a while, is; one that is in use proves
    /// itself. Meanwhile it is not among the idle.
    /// </summary>
    void ProbeDue(Slot slot, long nowMs)
    {
        if (slot.State == SlotState.Idle
            && nowMs - slot.StateSinceMs >= _settings.KeepaliveIntervalMs / ProbeIdleShare)
        {
            BeginProbe(slot, nowMs);
        }
    }

    void BeginProbe(Slot slot, long nowMs)
    {
        _idle.Remove(slot);
        Move(slot, SlotEvent.Probe, nowMs);
        Send(slot.Actor!, ConnectionMessage.Command(ConnectionRequest.Probe));
    }

    /// <summary>
    /// A connection met a network fault: what happened to it may have happened to those that lead to the same address. The
    /// idle ones are checked before they are handed out again: probed now, or, without a probe, looked at.
    /// </summary>
    void PutSiblingsOnProbation(Slot origin, Exception? error, long nowMs)
    {
        if (!_settings.SiblingProbation || _idle.Count == 0 || !NetworkFault.IsOne(error))
        {
            return;
        }

        var probes = _connector.Steps.HasFlag(ConnectorSteps.Probe);
        if (!probes && !_looks)
        {
            return;
        }

        var address = origin.Current?.Address;
        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        foreach (var index in indexes)
        {
            var slot = _slots[index];
            if (slot.Current?.Address != address)
            {
                continue;
            }

            if (probes)
            {
                BeginProbe(slot, nowMs);
            }
            else
            {
                slot.IsSuspect = true;
            }
        }
    }

    /// <summary>A probe or a reset has passed.</summary>
    void Checked(Slot slot, long nowMs)
    {
        var wasProbe = slot.State == SlotState.Probing;
        Move(slot, SlotEvent.Checked, nowMs);
        if (slot.State == SlotState.Closing)
        {
            return;
        }

        if (nowMs >= slot.ExpiresAtMs)
        {
            RetireTaken(slot, slot.CloseReason, nowMs);
        }
        else if (wasProbe && (_waiters.Count == 0 || _isPaused))
        {
            // The idle timer may have passed it over while it was away.
            _idle.PutBack(slot);
            ExpectIdleExpiry(Math.Min(slot.ExpiresAtMs, slot.IdleSinceMs + _settings.IdleTimeoutMs), nowMs);
        }
        else
        {
            MakeIdle(slot, nowMs);
        }

        NoteUse(slot, nowMs);
        Trim(nowMs);
    }

    /// <summary>A probe or a reset has failed: the connection is closing itself.</summary>
    void CheckFailed(Slot slot, Exception error, long nowMs)
    {
        var was = slot.State;
        if (was == SlotState.Resetting || _health.IsOnTrial)
        {
            // Who finds out by a probe that nobody is there has not been in a hurry.
            NoteEnd(slot, error, nowMs);
        }

        Leaves(slot);
        Move(slot, SlotEvent.CheckFailed, nowMs);
        slot.LastError = error;
        if (was != SlotState.Closing)
        {
            slot.CloseReason = was == SlotState.Probing ? CloseReason.ProbeFailed : CloseReason.ResetFailed;
            PutSiblingsOnProbation(slot, error, nowMs);
        }

        // Who waits for the end of its trial waits for the backoff now.
        OpenOnDemand(nowMs);
    }
}

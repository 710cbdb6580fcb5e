using ActorPool.Connections;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>Idle connections: handed to who waits, kept, probed, and let go in time.</summary>
sealed partial class EndpointSupervisor
{
    /// <summary>Idle for less than this share of the keepalive interval, a connection has proved itself in use.</summary>
    const int ProbeIdleShare = 2;

    long _idleExpiryMs = PoolSettings.Never;

    /// <summary>A connection has become free: for the one who has waited longest, or to lie among the idle.</summary>
    void MakeIdle(Slot slot, long nowMs)
    {
        slot.IdleSinceMs = nowMs;
        if (_waiters.TakeFirst() is { } waiter)
        {
            Grant(slot, waiter, nowMs);
            return;
        }

        if (_settings.IdleTimeoutMs == 0 && _slots.InUse - Count(SlotState.Closing) > _settings.MinSize)
        {
            RetireTaken(slot, CloseReason.IdleTimeout, nowMs);
            return;
        }

        _idle.Add(slot);
        ExpectIdleExpiry(Math.Min(slot.ExpiresAtMs, nowMs + _settings.IdleTimeoutMs), nowMs);
    }

    void ExpectIdleExpiry(long dueMs, long nowMs)
    {
        if (dueMs < _idleExpiryMs)
        {
            _idleExpiryMs = dueMs;
            StartTimer(
                (int)EndpointTimer.IdleExpires,
                Math.Max(0, dueMs - nowMs),
                EndpointMessage.Command(EndpointRequest.IdleExpired));
        }
    }

    /// <summary>Closes what is too old, and, longest idle first, what was idle for too long and is above the minimum size.</summary>
    void ExpireIdle()
    {
        var nowMs = System.Clock.NowMs;
        var surplus = _slots.InUse - Count(SlotState.Closing) - _settings.MinSize;
        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        foreach (var index in indexes)
        {
            var slot = _slots[index];
            if (nowMs >= slot.ExpiresAtMs)
            {
                Retire(slot, CloseReason.MaxLifetime, nowMs);
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

    /// <summary>
    /// A connection would like to be probed. Only one that is idle, and has been for a while, is; one that is in use proves
    /// itself. Meanwhile it is not among the idle.
    /// </summary>
    void ProbeDue(Slot slot, long nowMs)
    {
        if (slot.State == SlotState.Idle
            && nowMs - slot.StateSinceMs >= _settings.KeepaliveIntervalMs / ProbeIdleShare)
        {
            _idle.Remove(slot);
            Move(slot, SlotEvent.Probe, nowMs);
            Send(slot.Actor!, ConnectionMessage.Command(ConnectionRequest.Probe));
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
            RetireTaken(slot, CloseReason.MaxLifetime, nowMs);
        }
        else if (wasProbe && _waiters.Count == 0)
        {
            // The idle timer may have passed it over while it was away.
            _idle.PutBack(slot);
            ExpectIdleExpiry(Math.Min(slot.ExpiresAtMs, slot.IdleSinceMs + _settings.IdleTimeoutMs), nowMs);
        }
        else
        {
            MakeIdle(slot, nowMs);
        }
    }

    /// <summary>A probe or a reset has failed: the connection is closing itself.</summary>
    void CheckFailed(Slot slot, Exception error, long nowMs)
    {
        var was = slot.State;
        Move(slot, SlotEvent.CheckFailed, nowMs);
        slot.LastError = error;
        if (was != SlotState.Closing)
        {
            slot.CloseReason = was == SlotState.Probing ? CloseReason.ProbeFailed : CloseReason.ResetFailed;
        }
    }
}

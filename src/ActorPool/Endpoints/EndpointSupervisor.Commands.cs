using ActorPool.Connections;
using ActorPool.Diagnostics;
using ActorPool.Grants;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>Operations: what is done to a pool as a whole, while it runs.</summary>
sealed partial class EndpointSupervisor
{
    void Execute(CommandRequest request)
    {
        var nowMs = System.Clock.NowMs;
        if (IsClosed && request.Command is not (DrainPool or TakeSnapshot))
        {
            Refuse(request);
            return;
        }

        switch (request.Command)
        {
            case WarmUpPool command:
                WarmUp(request, command, nowMs);
                return;
            case DrainPool command:
                Drain(request, command.Deadline is { } limit ? PoolSettings.ToMs(limit) : _settings.DrainTimeoutMs, nowMs);
                return;
            case PausePool command:
                Pause(command, nowMs);
                break;
            case ResumePool:
                Resume(nowMs);
                break;
            case ResizePool command:
                Use(_settings with { MinSize = command.MinSize, MaxSize = command.MaxSize }, nowMs);
                break;
            case ReconfigurePool command:
                Reconfigure(command.Settings!, nowMs);
                break;
            case EvictConnections command:
                Evict(command, nowMs);
                break;
            case OpenNow:
                TryNow(nowMs);
                break;
            case RenewCredentials:
                AskForCredentials();
                break;
            default:
                break;
        }

        Complete(request);
    }

    void Complete(CommandRequest request)
    {
        request.Snapshot = SnapshotInTurn();
        Cause(request);
    }

    void Refuse(CommandRequest request)
    {
        request.Failure = Failure(PoolFailureReason.Closed);
        Cause(request);
    }

    /// <summary>No leases until the pool is resumed, or the pause has lasted long enough; those that are out are not touched.</summary>
    void Pause(PausePool command, long nowMs)
    {
        if (!_isPaused)
        {
            _isPaused = true;
            ChooseWays();
            Publish(new PoolPaused(Name));
        }

        var limitMs = command.Limit is { } limit ? PoolSettings.ToMs(limit) : _settings.PauseLimitMs;
        CancelTimer((int)EndpointTimer.PauseEnds);
        if (limitMs < PoolSettings.Never)
        {
            StartTimer(EndpointTimer.PauseEnds, limitMs);
        }

        TurnWaitClock(nowMs);
    }

    void Resume(long nowMs)
    {
        if (!_isPaused)
        {
            return;
        }

        _isPaused = false;
        CancelTimer((int)EndpointTimer.PauseEnds);
        ChooseWays();
        Publish(new PoolResumed(Name));
        _shedder?.Begin(nowMs);
        ServeIdle(nowMs);
        if (_health.State == PoolHealth.Unavailable)
        {
            FailWaiters(UnavailableReason);
        }

        OpenOnDemand(nowMs);
    }

    /// <summary>Other options from now on; what was opened under the old ones is replaced, successor first.</summary>
    void Reconfigure(PoolSettings settings, long nowMs)
    {
        _epoch++;
        Publish(new PoolReconfigured(Name, _epoch));
        Use(settings, nowMs);
        OutdateAll(CloseReason.Reconfigured, nowMs);
    }

    void Use(PoolSettings settings, long nowMs)
    {
        var hasOtherProvider = !ReferenceEquals(settings.Credentials, _settings.Credentials);
        Volatile.Write(ref _settings, settings);
        if (hasOtherProvider)
        {
            CancelTimer((int)EndpointTimer.CredentialsExpire);
            _credentials = null;
            _credentialsVersion = 0;
        }

        UseSettings();
        Trim(nowMs);
        ServeIdle(nowMs);
        ExpireIdle(nowMs);
        if (_leaseCheckAfterMs < PoolSettings.Never)
        {
            CheckLeases(nowMs);
        }

        OpenOnDemand(nowMs);
        FinishWarmUps();
    }

    void Evict(EvictConnections command, long nowMs)
    {
        if (command.Over is { } over && over > TimeSpan.Zero)
        {
            EvictSlowly(command, PoolSettings.ToMs(over), nowMs);
            return;
        }

        // Those that a retirement of these has opened meanwhile are not meant.
        var lastId = _lastConnectionId;
        foreach (var slot in _slots.All)
        {
            if (slot.State == SlotState.Empty || slot.ConnectionId > lastId || !IsMeant(slot, command))
            {
                continue;
            }

            Retire(slot, CloseReason.Evicted, nowMs);
            if (command.Mode == EvictMode.Hard && slot.State == SlotState.Doomed)
            {
                CutLeases(slot, CloseReason.Evicted, nowMs);
            }
        }

        Refill(nowMs);
    }

    /// <summary>Spreads the ends of what is open now over a time, evenly: DBConnection's <c>disconnect_all</c>.</summary>
    void EvictSlowly(EvictConnections command, long overMs, long nowMs)
    {
        var count = command.ConnectionId is null ? Math.Max(1, Present) : 1;
        var place = 0;
        foreach (var slot in _slots.All)
        {
            if (IsMeant(slot, command) && slot.State is (SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting))
            {
                var expiresAtMs = nowMs + (overMs * ++place / count);
                if (expiresAtMs < slot.ExpiresAtMs)
                {
                    slot.ExpiresAtMs = expiresAtMs;
                    slot.CloseReason = CloseReason.Evicted;
                    ExpectIdleExpiry(expiresAtMs, nowMs);
                }
            }
        }
    }

    static bool IsMeant(Slot slot, EvictConnections command) => command.ConnectionId is not { } one || slot.ConnectionId == one;

    /// <summary>An attempt at once, whatever the backoff says.</summary>
    void TryNow(long nowMs)
    {
        _health.ForgetBackoff();
        if (!_health.IsOnTrial)
        {
            CancelTimer((int)EndpointTimer.BackoffEnds);
        }

        OpenOnDemand(nowMs, passingBy: _health.State == PoolHealth.Healthy ? 0 : 1);
    }

    /// <summary>Prepares what follows from the options.</summary>
    void UseSettings()
    {
        _health.Settings = _settings;
        _nextFillMs = 0;
        UseShedder();
        _samples = _settings.Order == IdleOrder.Fifo && _settings.IdleTimeoutMs is > 0 and < PoolSettings.Never
                && _settings.PruneIntervalMs < PoolSettings.Never
            ? new IdleSamples((int)Math.Clamp(_settings.IdleTimeoutMs / _settings.PruneIntervalMs, 1, 1000))
            : null;
        _acquireTimeoutMs = _settings.AcquireTimeoutMs;
        _watchesLeases = _settings.LeakDetection != LeakDetection.Off;
        _hasShared |= LeasesMax > 1;
        if (LeasesMax == 1)
        {
            _shared.Clear();
        }

        _leaseCheckAfterMs = Math.Min(_settings.LeaseTimeoutMs, _settings.LeakWarningAfterMs);
        if (_settings.Credentials is { } provider && _credentials is null)
        {
            Volatile.Write(ref _credentials, new CredentialSource(
                provider, _settings.Endpoint, System.Clock, System.Dispatcher, _settings.ConnectTimeoutMs));
        }

        if (_settings.Budget is { } budget && _grants is null)
        {
            _grants = new GrantLine(this, budget);
            _deadline = _settings.BudgetDeadline;
        }

        ChooseWays();
    }

    /// <summary>A line that waits already is looked at from now on; what it was like before does not count.</summary>
    void UseShedder()
    {
        _shedder = _settings.QueueTargetMs == PoolSettings.Never
            ? null
            : new QueueShedder(_settings.QueueTargetMs, _settings.QueueIntervalMs);
        if (_shedder is not null && _waiters.Count > 0)
        {
            _shedder.Begin(System.Clock.NowMs);
            StartTimer(EndpointTimer.QueueChecked, _settings.QueueIntervalMs);
        }
    }

    /// <summary>
    /// Whether the shortest ways may be taken: they leave out what only some options and states need, so that those who do
    /// not use it do not pay for it.
    /// </summary>
    void ChooseWays()
    {
        var isPlain = !_isPaused && !_hasShared && _leaseCheckAfterMs == PoolSettings.Never;
        _plainHits = isPlain && !_settings.CaptureStacks;
        _plainWaits = isPlain && _shedder is null && _transients == 0
            && _settings is { MaxWaiters: PoolOptions.Unlimited, WhenExhausted: WhenExhausted.Wait, CaptureStacks: false };
        _plainReturns = !_hasShared && !_connector.Steps.HasFlag(ConnectorSteps.Reset) && _stale == 0 && !_health.IsOnTrial
            && _slots.InUse - _transients <= _settings.MaxSize;
    }
}

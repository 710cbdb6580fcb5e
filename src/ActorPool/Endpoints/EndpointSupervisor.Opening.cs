using ActorPool.Connections;
using ActorPool.Diagnostics;
using ActorPool.Options;
using ActorPool.Telemetry;

namespace ActorPool.Endpoints;

/// <summary>Opening: on demand, within limits, after backoff; detached from whoever made the demand.</summary>
sealed partial class EndpointSupervisor
{
    readonly LifetimeSpread _lifetimes;
    long _lastConnectionId;
    long _nextFillMs;
    int _transients;

    // The first connection whose open began after the last step of the backoff, or after the trial began.
    long _firstSinceStep;

    /// <summary>How many connections more the maximum size allows.</summary>
    int Room => _settings.MaxSize - (_slots.InUse - _transients);

    /// <summary>
    /// How many connections more there may be: above the maximum size only for those who wait, if the options say so. Nobody waits at an
    /// unavailable endpoint, and then one is opened to see whether it is back.
    /// </summary>
    int RoomForDemand => _settings.WhenExhausted != WhenExhausted.OpenTransient ? Room
        : Math.Max(Room, Math.Max(ConnectionsWaitedFor, _health.State == PoolHealth.Unavailable ? 1 : 0) - Count(SlotState.Opening));

    /// <summary>How many connections those who wait could have at once.</summary>
    int ConnectionsWaitedFor => _isPaused ? 0 : (_waiters.Count + LeasesMax - 1) / LeasesMax;

    /// <summary>
    /// Starts as many opens as there is demand for: waiters without an attempt, connections missing to the minimum size, and
    /// successors of those that shall be replaced. A connection is opened for the pool, never for a certain waiter.
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
        var demand = _isPaused ? 0 : ConnectionsWaitedFor + passingBy;
        if (_health.State == PoolHealth.Unavailable)
        {
            // Nobody waits at an unavailable endpoint; the pool itself wants to know when it is back.
            demand = Math.Max(demand, 1);
        }

        var wanted = Math.Max(demand, FillTarget - (Present - _stale)) - opening;
        var connects = Math.Min(wanted, _health.ConnectsMax - opening);
        var room = RoomForDemand;
        var starts = Math.Min(connects, room);
        var wished = Math.Min(wanted, room);
        if (starts > 0 && nowMs < _health.NextAttemptMs)
        {
            StartTimer(EndpointTimer.BackoffEnds, _health.NextAttemptMs - nowMs);
            starts = wished = 0;
        }

        starts = WithinBudget(starts, wished);
        if (passingBy > 0)
        {
            _passedBy = _isShortOfGrants ? passingBy : 0;
        }

        while (starts-- > 0 && (demand > opening || MayFill(nowMs)))
        {
            Open(nowMs);
            opening++;
        }

        TurnWaitClock(nowMs);
    }

    int LeasesMax => _settings.MaxLeasesPerConnection;

    /// <summary>How many connections are to be kept open, or are asked for by a warm-up.</summary>
    int FillTarget => Math.Min(_settings.MaxSize, Math.Max(_settings.MinSize, _warmUpTo));

    /// <summary>Whether a connection that nobody waits for may be opened now; if not, a timer asks again.</summary>
    bool MayFill(long nowMs)
    {
        if (nowMs < _nextFillMs)
        {
            StartTimer(EndpointTimer.FillDue, _nextFillMs - nowMs);
            return false;
        }

        _nextFillMs = nowMs + _settings.FillStaggerMs;
        return true;
    }

    void Open(long nowMs)
    {
        // Before its slot counts as one that is opening.
        var causes = Spans.AreWanted ? CausesOfNextOpen() : null;
        var slot = Fill(nowMs);
        _health.Attempted(nowMs);
        Send(slot.Actor!, ConnectionMessage.Open(_health.FailuresInARow + 1, _health.Round, causes));
    }

    /// <summary>Puts a new connection's actor into an empty slot.</summary>
    Slot Fill(long nowMs)
    {
        var isTransient = Room <= 0;
        var slot = _slots.TakeEmpty();
        var connectionId = ++_lastConnectionId;
        var actor = new ConnectionActor(slot, connectionId);
        Adopt(actor);
        slot.Actor = actor;
        slot.ConnectionId = connectionId;
        slot.UseCount = 0;
        slot.Epoch = _epoch;
        slot.History.Clear();
        if (isTransient)
        {
            slot.IsTransient = true;
            _transients++;
            ChooseWays();
        }

        Move(slot, SlotEvent.Open, nowMs);
        return slot;
    }

    void Opened(Slot slot, OpenResult opened, long nowMs)
    {
        Move(slot, SlotEvent.Opened, nowMs);
        _counters.Opened++;
        slot.Current = new PooledConnection(
            opened.Connection, slot.ConnectionId, nowMs, System.Clock.TimeProvider.GetUtcNow(), opened.Address);
        slot.OpenedIn = opened.OpenedIn;
        if (slot.State == SlotState.Closing)
        {
            // Retired while this report was under way: its actor is closing it by now.
            return;
        }

        var wasHealthy = _health.State == PoolHealth.Healthy;
        _health.Succeeded(IsSinceStep(slot), nowMs);
        Publish(new ConnectionOpened(Name, slot.ConnectionId));
        if (_health.IsOnTrial)
        {
            ExpectTrialEnd(nowMs);
        }
        else if (!wasHealthy)
        {
            Publish(new EndpointRecovered(Name));
        }

        if (slot.IsTransient)
        {
            OpenedTransient(slot, nowMs);
        }
        else
        {
            slot.CloseReason = CloseReason.MaxLifetime;
            slot.ExpiresAtMs = nowMs + _lifetimes.Next(_settings.MaxLifetimeMs, _settings.LifetimeJitter);
            ExpectRenewal(slot, nowMs);
            NoteVersion(slot, opened.CredentialsVersion);
            MakeIdle(slot, nowMs);
        }

        // In this order: whether the old must go before the new is known once the new is known not to come.
        OpenOnDemand(nowMs);
        Trim(nowMs);
        FinishWarmUps();
        ExpectWarmth();
    }

    /// <summary>A connection above the maximum size: for whoever waits longest, and for nobody after that.</summary>
    void OpenedTransient(Slot slot, long nowMs)
    {
        _counters.TransientsOpened++;
        Publish(new TransientOpened(Name, slot.ConnectionId, _settings.MaxSize));
        slot.CloseReason = CloseReason.Transient;
        slot.ExpiresAtMs = long.MinValue;
        slot.IdleSinceMs = nowMs;
        if (NextWaiter(nowMs) is { } waiter)
        {
            MoveLease(slot, SlotEvent.Take, nowMs);
            Grant(slot, waiter, nowMs);
        }
        else
        {
            RetireTaken(slot, CloseReason.Transient, nowMs);
        }
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

        Refill(nowMs);
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
        if (failure.Kind == OpenFailureKind.Credentials)
        {
            _credentials?.Reject();
        }

        if (_health.Failed(failure.Error, failure.Kind, failure.StartedInRound, nowMs))
        {
            _firstSinceStep = _lastConnectionId + 1;
        }

        Publish(new OpenFailed(
            Name, connectionId, failure.Error, _health.State, Math.Max(0, _health.NextAttemptMs - nowMs)));
        FailIfUnavailable();
    }

    void FailIfUnavailable()
    {
        if (_health.State == PoolHealth.Unavailable)
        {
            if (!_isPaused)
            {
                FailWaiters(UnavailableReason);
            }

            FailWarmUps();
        }
    }

    /// <summary>
    /// A connection says that the network has ended it. If it was opened a moment ago and has served nobody, the next is on
    /// trial, or waits for the backoff. What a holder says is no evidence: he may have met his error elsewhere.
    /// </summary>
    void NoteEnd(Slot slot, Exception? error, long nowMs)
    {
        if (slot.Current is not { } current || !EndpointHealth.IsEarly(nowMs - current.OpenedAtMs) || HasServed(slot)
            || !NetworkFault.IsOne(error) || !_health.EndedEarly(error!, IsSinceStep(slot), nowMs))
        {
            return;
        }

        _firstSinceStep = _lastConnectionId + 1;
        _counters.EndedEarly++;
        ChooseWays();
        ExpectTrialEnd(nowMs);
        Publish(new ConnectionEndedEarly(
            Name, slot.ConnectionId, nowMs - current.OpenedAtMs, error!, _health.State, Math.Max(0, _health.NextAttemptMs - nowMs)));
        FailIfUnavailable();
    }

    /// <summary>Whether its connection's open began after the last step of the backoff, or after the trial began.</summary>
    bool IsSinceStep(Slot slot) => slot.ConnectionId >= _firstSinceStep;

    /// <summary>Whether a lease of its connection has ended in order.</summary>
    static bool HasServed(Slot slot)
    {
        // A holder may have returned it before we heard what it has met.
        var isLastInDoubt = slot.State == SlotState.Resetting
            || slot is { State: SlotState.Closing, CloseReason: CloseReason.Fault or CloseReason.NotReturned };
        var underWay = isLastInDoubt ? 1 : slot.Seats?.Taken ?? (slot.State is SlotState.Leased or SlotState.Doomed ? 1 : 0);
        return slot.UseCount > underWay;
    }

    /// <summary>A connection has served, or leaves in order: if it was on trial, others may be opened.</summary>
    void NoteUse(Slot slot, long nowMs)
    {
        var wasHealthy = _health.State == PoolHealth.Healthy;
        if (_health.Proved(IsSinceStep(slot)))
        {
            EndTrial(wasHealthy, nowMs);
        }
    }

    /// <summary>The backoff has ended, and with it the trial of a connection that still stands, or of one that nobody has wanted.</summary>
    void EndBackoff(long nowMs)
    {
        var wasHealthy = _health.State == PoolHealth.Healthy;
        if (_health.IsOnTrial && Count(SlotState.Opening) > 0)
        {
            StartTimer(EndpointTimer.BackoffEnds, EndpointHealth.ProbationMs);
        }
        else if (_health.HasStood(nowMs))
        {
            EndTrial(wasHealthy, nowMs);
        }
        else
        {
            OpenOnDemand(nowMs);
            ExpectTrialEnd(nowMs);
        }
    }

    /// <summary>A trial ends by itself, also where no other connection is wanted; what comes first of that and the end of a backoff is looked at.</summary>
    void ExpectTrialEnd(long nowMs)
    {
        if (_health.TrialEndsMs < PoolSettings.Never && TimerDueMs((int)EndpointTimer.BackoffEnds) > _health.TrialEndsMs)
        {
            StartTimer(EndpointTimer.BackoffEnds, _health.TrialEndsMs - nowMs);
        }
    }

    void EndTrial(bool wasHealthy, long nowMs)
    {
        ChooseWays();
        if (!wasHealthy)
        {
            Publish(new EndpointRecovered(Name));
        }

        OpenOnDemand(nowMs);
    }

    /// <summary>A slot is empty: for a connection that somebody waits for, or for nobody any more.</summary>
    void Refill(long nowMs)
    {
        OpenOnDemand(nowMs);
        Trim(nowMs);
        SettleGrants();
        FinishDrain();
    }

    void TurnWaitClock(long nowMs) => _waitClock.Turn(
        _isPaused ? WaitCause.Pause
            : Count(SlotState.Opening) > 0 ? WaitCause.Opening
            : nowMs < _health.NextAttemptMs ? WaitCause.Backoff
            : Room > 0 && _isShortOfGrants ? WaitCause.Budget
            : WaitCause.Leases,
        nowMs);
}

using ActorPool.Connections;
using ActorPool.Diagnostics;
using ActorPool.Options;

namespace ActorPool.Endpoints;

/// <summary>
/// Planned retirement, for age, credentials or options: the successor opens first ("make before break"), where the pool is at
/// its minimum and has room for one more; where it has not, the old connection goes first.
/// </summary>
sealed partial class EndpointSupervisor
{
    /// <summary>A successor is opened when this share of a lifetime is left, or <see cref="PoolOptions.ConnectTimeout"/> if that is less.</summary>
    const int RenewalLeadShare = 10;

    // Raised with every reconfiguration: what was opened before it is stale.
    int _epoch;

    // How many open connections are stale: to be replaced, and kept until then.
    int _stale;

    // The credentials that the newest connections were opened with; 0 before the first.
    int _credentialsVersion;
    CredentialSource? _credentials;
    long _renewalDueMs = PoolSettings.Never;

    /// <summary>Where opens get their credentials; null if the pool has no provider.</summary>
    public CredentialSource? Credentials => Volatile.Read(ref _credentials);

    /// <summary>A connection shall be replaced; it serves on until its successor is there.</summary>
    void MarkStale(Slot slot, CloseReason reason)
    {
        if (!slot.IsStale && !slot.IsTransient && slot.State is SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting)
        {
            slot.IsStale = true;
            slot.CloseReason = reason;
            _stale++;
            if (Room > 0)
            {
                // No further leases, since others can be had.
                _shared.Remove(slot);
            }

            ChooseWays();
        }
    }

    /// <summary>A connection is no longer one of those that serve.</summary>
    void Leaves(Slot slot)
    {
        if (slot.IsStale)
        {
            slot.IsStale = false;
            _stale--;
            ChooseWays();
        }

        if (_health.IsOnTrial && slot.Current is not null && !IsClosed)
        {
            var nowMs = System.Clock.NowMs;
            switch (slot.CloseReason)
            {
                case CloseReason.Fault:
                    // What a holder met may have been the end of it, or not.
                    _health.Excuse(IsSinceStep(slot), nowMs);
                    ExpectTrialEnd(nowMs);
                    break;
                case CloseReason.NotReturned:
                    // The word of its end may be under way: known when it has closed.
                    break;
                default:
                    // Had the network ended it, this would have been noted by now.
                    NoteUse(slot, nowMs);
                    break;
            }
        }
    }

    /// <summary>Retires idle connections that are not to be kept: above the maximum size, or stale and not needed any more.</summary>
    void Trim(long nowMs)
    {
        if ((_stale == 0 && TooMany <= 0) || IsClosed || _idle.Count == 0)
        {
            return;
        }

        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        foreach (var index in indexes)
        {
            var slot = _slots[index];
            if (TooMany > 0)
            {
                Retire(slot, CloseReason.Resized, nowMs);
            }
            else if (slot.IsStale && (Present > FillTarget || MustBreakFirst))
            {
                Retire(slot, slot.CloseReason, nowMs);
            }
        }
    }

    /// <summary>How many connections more are there than the maximum size allows, which was larger when they opened; negative if there is room.</summary>
    int TooMany => _slots.InUse - _transients - Count(SlotState.Closing) - _settings.MaxSize;

    /// <summary>No successor is opening, or can, beside the old connections, and few enough are on their way out.</summary>
    bool MustBreakFirst =>
        (Room <= 0 || _isShortOfGrants) && Count(SlotState.Opening) == 0 && Count(SlotState.Closing) < _health.ConnectsMax
        && _health.State == PoolHealth.Healthy;

    void ExpectRenewal(Slot slot, long nowMs)
    {
        var dueMs = slot.ExpiresAtMs - RenewalLeadMs;
        if (_settings.MinSize > 0 && slot.ExpiresAtMs < PoolSettings.Never && dueMs < _renewalDueMs)
        {
            _renewalDueMs = dueMs;
            StartTimer(EndpointTimer.RenewalDue, dueMs - nowMs);
        }
    }

    long RenewalLeadMs => Math.Min(_settings.ConnectTimeoutMs, _settings.MaxLifetimeMs / RenewalLeadShare);

    /// <summary>Some connections have almost reached their age: those that the minimum size needs get a successor now.</summary>
    void BeginRenewals(long nowMs)
    {
        var leadMs = RenewalLeadMs;
        _renewalDueMs = PoolSettings.Never;
        foreach (var slot in _slots.All)
        {
            if (slot.IsStale || slot.IsTransient
                || slot.State is not (SlotState.Idle or SlotState.Leased or SlotState.Probing or SlotState.Resetting))
            {
                continue;
            }

            if (slot.ExpiresAtMs - leadMs > nowMs)
            {
                ExpectRenewal(slot, nowMs);
            }
            else if (Present - _stale <= _settings.MinSize && Room - _stale > 0 && !_isShortOfGrants)
            {
                MarkStale(slot, slot.CloseReason);
            }
        }

        OpenOnDemand(nowMs);
    }

    /// <summary>Everything that is open now is to be replaced.</summary>
    void OutdateAll(CloseReason reason, long nowMs)
    {
        foreach (var slot in _slots.All)
        {
            MarkStale(slot, reason);
        }

        BeginReplacing(nowMs);
    }

    /// <summary>Retires what is not needed, opens successors, and breaks first where it turns out that none can be opened.</summary>
    void BeginReplacing(long nowMs)
    {
        Trim(nowMs);
        OpenOnDemand(nowMs);
        Trim(nowMs);
    }

    /// <summary>Which credentials a new connection was opened with: newer ones outdate all before it, older ones itself.</summary>
    void NoteVersion(Slot slot, int version)
    {
        if (slot.Epoch != _epoch)
        {
            MarkStale(slot, CloseReason.Reconfigured);
        }
        else if (version < _credentialsVersion)
        {
            MarkStale(slot, CloseReason.CredentialsChanged);
        }
        else if (version > _credentialsVersion)
        {
            UseCredentials(version, newest: slot);
        }
    }

    void UseCredentials(int version, Slot? newest)
    {
        var hadOthers = _credentialsVersion > 0;
        _credentialsVersion = version;
        ExpectCredentials();
        if (!hadOthers)
        {
            return;
        }

        Publish(new CredentialsChanged(Name));
        foreach (var slot in _slots.All)
        {
            if (!ReferenceEquals(slot, newest))
            {
                MarkStale(slot, CloseReason.CredentialsChanged);
            }
        }
    }

    /// <summary>Has the provider asked, off this turn; <see cref="CredentialsKnown"/> hears the answer.</summary>
    void AskForCredentials()
    {
        if (_credentials is { } credentials)
        {
            // In case that the provider never answers; its answer sets the timer anew.
            StartTimer(EndpointTimer.CredentialsExpire, CredentialSource.RetryAfterMs);
            Start(credentials.Renewal(answer => Post(EndpointMessage.Command(EndpointRequest.CredentialsKnown, answer))));
        }
    }

    /// <summary>The provider has answered outside an open; null if it failed, which the next open will tell.</summary>
    void CredentialsKnown(VersionedCredentials? answer)
    {
        if (IsClosed)
        {
            return;
        }

        if (answer is not null && !ReferenceEquals(answer.Source, _credentials))
        {
            // The pool was given another provider meanwhile.
            return;
        }

        if (answer is null)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        if (answer.Version > _credentialsVersion)
        {
            UseCredentials(answer.Version, newest: null);
            BeginReplacing(nowMs);
        }
        else
        {
            ExpectCredentials();
        }
    }

    void ExpectCredentials()
    {
        // An answer that wants to be renewed at once (a provider with a memory of its own, clocks that differ) is not worth a storm.
        CancelTimer((int)EndpointTimer.CredentialsExpire);
        if (_credentials?.RenewInMs is { } delayMs)
        {
            StartTimer(EndpointTimer.CredentialsExpire, delayMs > 0 ? delayMs : CredentialSource.RetryAfterMs);
        }
    }
}

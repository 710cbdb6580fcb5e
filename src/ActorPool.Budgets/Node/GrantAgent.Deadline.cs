namespace ActorPool.Budgets.Node;

/// <summary>How many connections the pools may have, and until when.</summary>
sealed partial class GrantAgent
{
    // As long as pools with no more than the floor may go on without the engine.
    static readonly TimeSpan Offline = TimeSpan.FromDays(3_650);

    // A server sees the end of a connection, and ends the session, a moment after its client has closed it.
    static readonly TimeSpan ServerLag = TimeSpan.FromMilliseconds(100);

    // Since when the pools have been below what was last asked for.
    TimeSpan? _closedSince;

    // When the last request was sent that the engine has acknowledged and that wrote the node's record.
    BudgetMoment? _renewed;

    // The last beat of the node's own that the engine has acknowledged, or shown: the node uses what that record holds.
    long _beatSeen;
    bool _isCutOff;
    bool _hasFloor;

    // What a give-back leaves of which nobody knows whether it was, or will be, carried out.
    int _ceiling = int.MaxValue;

    // What the pools were told last.
    int _limit;
    EvictMode? _recall;

    // How often they were told, and how often they have heard: what they say of before is not about the limit that was told last.
    long _limitsTold;
    long _limitsHeard;

    /// <summary>Whether others may be about to take the grants.</summary>
    bool IsExpired => _renewed is not { } renewed || renewed.Elapsed(_time) >= _settings.Lifetime - _settings.ClosingTime;

    /// <summary>What the pools keep without the engine.</summary>
    int Floor => _hasFloor ? _settings.OfflineFloor : 0;

    /// <summary>What the pools may have as long as the deadline has not come.</summary>
    int MayHave => (_own is { Record.IsFenced: false } own ? Math.Min(own.Record.Held, _ceiling) : 0) + Floor;

    /// <summary>Whether what the pools say they say under the limit that they were told last.</summary>
    bool IsHeard => _limitsHeard >= _limitsTold;

    /// <summary>
    /// Whether the pools have no more connections than that under the limit that they were told last, and have had none for as long as a server may
    /// still count one that was closed.
    /// </summary>
    bool HaveClosed(int downTo)
    {
        if (!IsHeard || _used > downTo)
        {
            _closedSince = null;
            return false;
        }

        _closedSince ??= Now;
        return Now - _closedSince >= ServerLag;
    }

    /// <summary>Whether the pools have nothing that is not their own even without grants.</summary>
    bool IsDown => IsHeard && _used <= Floor;

    /// <summary>
    /// It has joined, and the engine has not forgotten anybody: who had its number before is gone, as the number would be taken otherwise.
    /// The floor is its own from now on, for as long as it lives.
    /// </summary>
    void TakeFloor()
    {
        if (!_hasFloor && _renewed is not null && _own is { Record.IsFenced: false } && !_mustReconcile && _book is { Record.IsReconciling: false })
        {
            _hasFloor = true;
            _giving = null;
        }
    }

    /// <summary>A renewal was acknowledged.</summary>
    void Extend()
    {
        _mustClear |= _isCutOff && _settings.HasFence && Floor == 0;
        _isCutOff = false;
        Deadline.Set(_renewed!, _settings.Lifetime - _settings.ClosingTime);
        CheckDeadline();
        Limit();
    }

    /// <summary>By the deadline the pools have closed what they may no longer have.</summary>
    void CheckDeadline()
    {
        if (_own is not null && !_isCutOff && IsExpired)
        {
            _isCutOff = true;
            _giving = null;
            Deadline.Expire();
            if (_renewed is not null)
            {
                Tell(AgentNewsKind.CutOff, count: Math.Max(0, _used - Floor));
            }
        }

        Limit();
        if (Floor > 0 && _limit <= Floor && IsHeard && _used <= Floor && Deadline.HasPassed)
        {
            Deadline.Set(BudgetMoment.Now(_time), Offline);
        }
    }

    /// <summary>Tells the pools what they may have, if it is not what they were told.</summary>
    void Limit()
    {
        if (_isLeaving)
        {
            Limit(0, EvictMode.Hard);
        }
        else if (_own is null or { Record.IsFenced: true } || (_mustClear && !_isCutOff))
        {
            Limit(Floor, EvictMode.Hard);
        }
        else if (_isCutOff)
        {
            Limit(Floor, _settings.OnDeadline == OnDeadline.CloseLeased ? EvictMode.Hard : EvictMode.Soft);
        }
        else if (_giving is { } giving)
        {
            Limit(giving.Target, giving.IsOrder ? EvictMode.Soft : null);
        }
        else
        {
            Limit(MayHave, recall: null);
        }
    }

    void Limit(int total, EvictMode? recall)
    {
        if (total != _limit || recall > _recall || (recall is not null && _recall is null))
        {
            _limit = total;
            _recall = recall;
            _limitsTold++;
            _closedSince = null;
            _effects.Enqueue(new AgentEffect.Limit(total, recall));
        }
    }
}

using ActorPool.Grants;

namespace ActorPool.Endpoints;

/// <summary>
/// The pool as a member of a budget: it has a grant for every connection, from before it is opened until it has closed, asks
/// for those that are missing, and returns those that it has no use for.
/// </summary>
sealed partial class EndpointSupervisor
{
    // Null: only the maximum size limits the pool.
    GrantLine? _grants;
    int _granted;
    int _wantedTold;

    // Whether the last look for room met the budget's limit.
    bool _isShortOfGrants;

    // Those who wanted a connection without waiting when there was no grant for it: the grant that comes later is for them.
    int _passedBy;

    /// <summary>Of so many opens, how many the grants allow; the others are asked for.</summary>
    int WithinBudget(int opens)
    {
        if (_grants is null)
        {
            return opens;
        }

        var inUse = _slots.InUse;
        var allowed = Math.Clamp(opens, 0, Math.Max(0, _granted - inUse));
        _isShortOfGrants = allowed < opens;
        Want(inUse - Math.Clamp(Surplus, 0, _idle.Count) + Math.Max(0, opens));
        return allowed;
    }

    void Want(int total)
    {
        if (total != _wantedTold)
        {
            _wantedTold = total;
            _grants!.Want(total);
        }
    }

    void Granted(int count)
    {
        if (_grants is null)
        {
            // They went back when the pool left.
            return;
        }

        _granted += count;
        if (IsClosed)
        {
            SettleGrants();
            return;
        }

        var passedBy = _passedBy;
        _passedBy = 0;
        OpenOnDemand(System.Clock.NowMs, passedBy);
        SettleGrants();
    }

    /// <summary>Others want connections, and this pool has more than its share: idle ones go, those of the minimum excepted.</summary>
    void GiveBack(int count)
    {
        var nowMs = System.Clock.NowMs;
        SettleGrants();
        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        var surplus = Math.Min(count, Surplus);
        foreach (var index in indexes.Take(Math.Max(0, surplus)))
        {
            Retire(_slots[index], CloseReason.GivenBack, nowMs);
        }
    }

    /// <summary>Returns grants that stand for no connection, and for none that is wanted now.</summary>
    void SettleGrants()
    {
        if (_grants is null)
        {
            return;
        }

        var needed = IsClosed ? _slots.InUse : Math.Max(_slots.InUse, Math.Min(_wantedTold, _settings.MaxSize + _transients));
        if (_granted > needed)
        {
            // First what is wanted, or what is returned would be granted at once.
            Want(Math.Min(_wantedTold, needed));
            _grants.Return(_granted - needed);
            _granted = needed;
        }
    }

    /// <summary>Some have stopped waiting: what was wanted for them is not wanted any more.</summary>
    void WantLess(long nowMs)
    {
        if (_grants is not null)
        {
            OpenOnDemand(nowMs);
            SettleGrants();
        }
    }

    void LeaveBudget()
    {
        if (_grants is { } grants)
        {
            _grants = null;
            _granted = 0;
            grants.Leave();
        }
    }
}

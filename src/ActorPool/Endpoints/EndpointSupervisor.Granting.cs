using ActorPool.Grants;

namespace ActorPool.Endpoints;

/// <summary>
/// The pool as a member of a budget: it has a grant for every connection, from before it is opened until it has closed, asks
/// for those that are missing, and returns those that it has no use for.
/// </summary>
sealed partial class EndpointSupervisor
{
    /// <summary>How soon a deadline that has passed is looked at again, if there is anything to hand out.</summary>
    const long DeadlineLookMs = 100;

    /// <summary>How often a budget of many machines is told what is wanted, as long as there are connections.</summary>
    const long WishesLookMs = 100;

    /// <summary>What goes first of what is recalled: what nobody uses.</summary>
    static readonly SlotState[] RecallOrder = [SlotState.Opening, SlotState.Idle, SlotState.Probing, SlotState.Resetting, SlotState.Leased];

    // Null: only the maximum size limits the pool.
    GrantLine? _grants;
    int _granted;
    int _wantedTold;

    // How many it may keep: less than it was granted after a recall.
    int _grantsMax = int.MaxValue;

    // Null: the budget's grants may be used as long as it lives.
    BudgetDeadline? _deadline;

    // Whether the last look for room met the budget's limit.
    bool _isShortOfGrants;

    // Those who wanted a connection without waiting when there was no grant for it: the grant that comes later is for them.
    int _passedBy;

    /// <summary>Of so many opens, how many the grants allow; the others are asked for.</summary>
    /// <param name="opens">How many could begin now.</param>
    /// <param name="wished">How many there is demand for, those that have to wait for others to have opened included.</param>
    int WithinBudget(int opens, int wished)
    {
        if (_grants is null)
        {
            return opens;
        }

        var inUse = _slots.InUse;
        var allowed = IsPastDeadline() ? 0 : Math.Clamp(opens, 0, Math.Max(0, Math.Min(_granted, _grantsMax) - inUse));
        _isShortOfGrants = allowed < opens;
        Want(inUse - Math.Clamp(Surplus, 0, _idle.Count) + Math.Max(0, Math.Max(opens, wished)));
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
        _grantsMax = (int)Math.Min(int.MaxValue, (long)_grantsMax + count);
        if (IsClosed)
        {
            SettleGrants();
            return;
        }

        var passedBy = _passedBy;
        _passedBy = 0;
        OpenOnDemand(System.Clock.NowMs, passedBy);
        SettleGrants();
        ExpectWishes();
    }

    /// <summary>Others want connections, and this pool has more than its share: idle ones go, those of the minimum excepted.</summary>
    void GiveBack(int count)
    {
        var nowMs = System.Clock.NowMs;
        var returned = SettleGrants();
        var indexes = new List<int>(_idle.Count);
        _idle.CopyTo(indexes);
        var surplus = Math.Min(count - returned, Surplus);
        foreach (var index in indexes.Take(Math.Max(0, surplus)))
        {
            Retire(_slots[index], CloseReason.GivenBack, nowMs);
        }
    }

    /// <summary>The pool may keep so many grants and no more, until it is granted others.</summary>
    void Recall(int total, EvictMode mode)
    {
        if (_grants is null)
        {
            return;
        }

        var nowMs = System.Clock.NowMs;
        _grantsMax = total;
        foreach (var state in RecallOrder)
        {
            TakeBack(state, nowMs);
        }

        if (mode == EvictMode.Hard)
        {
            TakeBack(SlotState.Doomed, nowMs);
        }

        SettleGrants();
        OpenOnDemand(nowMs);
    }

    /// <summary>As many connections in a certain state as there are too many: leased ones go when they come back, those that wait for this at once.</summary>
    void TakeBack(SlotState state, long nowMs)
    {
        var leaving = Count(SlotState.Closing) + (state == SlotState.Doomed ? 0 : Count(SlotState.Doomed));
        var excess = _slots.InUse - leaving - _grantsMax;
        foreach (var slot in _slots.All)
        {
            if (excess <= 0)
            {
                break;
            }

            if (slot.State != state)
            {
                continue;
            }

            if (state == SlotState.Doomed)
            {
                CutLeases(slot, CloseReason.Recalled, nowMs);
            }
            else
            {
                Retire(slot, CloseReason.Recalled, nowMs);
            }

            excess--;
        }
    }

    /// <summary>
    /// Whether the budget's deadline has passed: then nothing is opened or handed out. The clocks are read, whatever the pool's own
    /// time says: it may be older than a pause of the process.
    /// </summary>
    bool IsPastDeadline()
    {
        if (_deadline is not { HasPassed: true })
        {
            return false;
        }

        // A clock that had leapt may have come back, and nobody would say so.
        if (TimerDueMs((int)EndpointTimer.DeadlineLooked) == long.MaxValue)
        {
            StartTimer(EndpointTimer.DeadlineLooked, DeadlineLookMs);
        }

        return true;
    }

    /// <summary>The deadline is looked at again, as long as it has passed and anybody waits, or a connection of the minimum is missing.</summary>
    void LookAtDeadline(long nowMs)
    {
        if ((_waiters.Count > 0 || _isShortOfGrants) && !IsPastDeadline())
        {
            ServeIdle(nowMs);
            OpenOnDemand(nowMs);
        }
    }

    void ExpectWishes()
    {
        if (_deadline is not null && _slots.InUse > 0 && TimerDueMs((int)EndpointTimer.WishesLooked) == long.MaxValue)
        {
            StartTimer(EndpointTimer.WishesLooked, WishesLookMs);
        }
    }

    /// <summary>
    /// No take and no return of an idle connection tells the budget anything: what is idle by now, or is used again, is told here. Other machines
    /// cannot ask what is idle, as the pools of one process are asked.
    /// </summary>
    void LookAtWishes(long nowMs)
    {
        WantLess(nowMs);
        ExpectWishes();
    }

    /// <summary>Returns grants that stand for no connection, and for none that is wanted now.</summary>
    /// <returns>How many.</returns>
    int SettleGrants()
    {
        if (_grants is null)
        {
            return 0;
        }

        var wanted = IsClosed ? 0 : Math.Min(_wantedTold, _slots.InUse + RoomForDemand);
        var needed = Math.Max(_slots.InUse, Math.Min(wanted, _grantsMax));
        if (_granted <= needed)
        {
            return 0;
        }

        // First what is wanted, or what is returned would be granted at once. What was recalled is still wanted.
        Want(Math.Min(_wantedTold, Math.Max(_slots.InUse, wanted)));
        var returned = _granted - needed;
        _grants.Return(returned);
        _granted = needed;
        return returned;
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
            _deadline = null;
            _granted = 0;
            grants.Leave();
        }
    }
}

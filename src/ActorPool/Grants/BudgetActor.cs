using ActorPool.Actors;

namespace ActorPool.Grants;

/// <summary>
/// Owns the grants of one <see cref="ConnectionBudget"/>: who holds how many, who wants more, who was asked to give back.
/// Told by the members' shares, on their threads; tells the members through their shares, on the dispatcher. After every
/// message it hands out what is free and asks for what is not fairly shared.
/// </summary>
sealed partial class BudgetActor(ActorSystem system, int max) : Actor<BudgetMessage>(system)
{
    /// <summary>A member that has not returned what it was asked for by then is asked again, after the others.</summary>
    internal const long AskAgainAfterMs = 1_000;

    const int AskTimer = 0;

    readonly List<BudgetShare> _shares = [];
    int _max = max;
    int _granted;
    long _grants;
    long _resizes;

    public override string ToString() => "connection budget";

    protected override void Receive(ref BudgetMessage message)
    {
        switch (message.Request)
        {
            case BudgetRequest.Join:
                _shares.Add(message.Share!);
                return;

            case BudgetRequest.TakeSnapshot:
                message.Snapshot = TakeSnapshot();
                return;

            case BudgetRequest.Want:
                message.Share!.Wanted = message.Count;
                break;

            case BudgetRequest.Return:
                Return(message.Share!, message.Count);
                break;

            case BudgetRequest.Leave:
                Leave(message.Share!);
                break;

            case BudgetRequest.Resize:
                _max = message.Count;
                _resizes++;
                Recall(message.Mode);
                break;

            case BudgetRequest.Watch:
                _watches.Add(message.Watch!);
                break;

            case BudgetRequest.Unwatch:
                _watches.Remove(message.Watch!);
                return;

            case BudgetRequest.AskDue:
                break;

            default:
                Invariant.Broken($"a connection budget knows no {message.Request}");
                break;
        }

        HandOut();
        Ask();
        TellWatches();
    }

    /// <summary>What each holds is held whatever happened here; only what was asked for is forgotten.</summary>
    protected override void Restarting(Exception error)
    {
        _granted = _shares.Sum(share => share.Held);
        foreach (var share in _shares)
        {
            share.Asked = 0;
        }

        StartTimer(AskTimer, AskAgainAfterMs, new BudgetMessage(BudgetRequest.AskDue));
    }

    void Return(BudgetShare share, int count)
    {
        if (!_shares.Contains(share))
        {
            return;
        }

        Invariant.Check(count <= share.Held, "a member of a budget returned more than it held");
        share.Held -= count;
        share.Asked = Math.Max(0, share.Asked - count);
        share.IsStuck = false;
        _granted -= count;
    }

    void Leave(BudgetShare share)
    {
        if (_shares.Remove(share))
        {
            _granted -= share.Held;
            share.Held = 0;
        }
    }

    /// <summary>What is free goes to who has the fewest of those that want more, and of these to who has waited longest for one.</summary>
    void HandOut()
    {
        while (_granted < _max)
        {
            var next = _shares
                .Where(share => share.Held < share.Wanted)
                .MinBy(share => (share.Held, share.LastGrant));
            if (next is null)
            {
                break;
            }

            next.Held++;
            next.Untold++;
            next.LastGrant = ++_grants;
            _granted++;
        }

        TellUntold(isGrant: true);
    }

    /// <summary>
    /// What others lack of their fair shares, or the cap is exceeded by, is asked from those who hold most above their own,
    /// less what was asked for already.
    /// </summary>
    void Ask()
    {
        var nowMs = System.Clock.NowMs;
        ForgetUnanswered(nowMs);
        if (_granted <= _max && !_shares.Exists(share => share.Held < share.Wanted))
        {
            CancelTimer(AskTimer);
            return;
        }

        var shares = FairShares.Of(_max, [.. _shares.Select(share => share.Wanted)], [.. _shares.Select(share => share.Held)]);
        var missing = _granted - _max;
        for (var index = 0; index < shares.Length; index++)
        {
            missing += Math.Max(0, shares[index] - _shares[index].Held);
        }

        for (missing -= _shares.Sum(share => share.Asked); missing > 0; missing--)
        {
            AskOne(shares, nowMs);
        }

        TellUntold(isGrant: false);
        AwaitAnswers(nowMs);
    }

    void AskOne(int[] shares, long nowMs)
    {
        // There is one: what is too much in all is at least what is missing in all, since the shares do not exceed the cap.
        var most = _shares
            .Where((share, index) => share.Held - share.Asked > shares[index])
            .MinBy(share => (share.IsStuck, share.Asked - share.Held));
        if (most is null)
        {
            return;
        }

        if (most.Asked++ == 0)
        {
            most.AskedUntilMs = nowMs + AskAgainAfterMs;
        }

        most.Untold++;
    }

    void ForgetUnanswered(long nowMs)
    {
        foreach (var share in _shares)
        {
            if (share.Asked > 0 && share.AskedUntilMs <= nowMs)
            {
                share.Asked = 0;
                share.IsStuck = true;
            }
        }
    }

    void AwaitAnswers(long nowMs)
    {
        var dueMs = _shares.Min(share => share.Asked > 0 ? share.AskedUntilMs : long.MaxValue);
        if (dueMs == long.MaxValue)
        {
            CancelTimer(AskTimer);
        }
        else if (dueMs != TimerDueMs(AskTimer))
        {
            StartTimer(AskTimer, dueMs - nowMs, new BudgetMessage(BudgetRequest.AskDue));
        }
    }

    void TellUntold(bool isGrant)
    {
        foreach (var share in _shares)
        {
            if (share.Untold > 0)
            {
                share.TellMember(new BudgetCall(isGrant ? BudgetCallKind.Granted : BudgetCallKind.GiveBack, share.Untold));
                share.Untold = 0;
            }
        }
    }

    BudgetSnapshot TakeSnapshot() => new()
    {
        Max = _max,
        Resizes = _resizes,
        Granted = _granted,
        Members = [.. _shares.Select(share => new BudgetMemberSnapshot(share.PoolName, share.Held, share.Wanted))],
    };
}

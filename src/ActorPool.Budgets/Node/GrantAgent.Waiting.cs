namespace ActorPool.Budgets.Node;

/// <summary>When there is something to do next.</summary>
sealed partial class GrantAgent
{
    static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);

    // What is due and cannot be done yet is looked at again after that.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>When to call <see cref="Look"/> again, at the latest, counted from now.</summary>
    public TimeSpan NextLookIn
    {
        get
        {
            if (HasLeft)
            {
                return Timeout.InfiniteTimeSpan;
            }

            var now = Now;
            var due = now + _settings.RenewInterval;
            if (_pending is null)
            {
                foreach (var time in Due(now))
                {
                    due = Min(due, time);
                }

                due = Max(due, _nextRequest);
            }

            var next = due - now;
            if (!_isCutOff && _own is not null && Deadline.Remaining < next)
            {
                next = Deadline.Remaining;
            }

            return Max(next, Soonest);
        }
    }

    IEnumerable<TimeSpan> Due(TimeSpan now)
    {
        if (_own is null)
        {
            if (IsDown)
            {
                yield return _nextJoin;
            }
        }
        else
        {
            yield return _nextRenewal;
            if (ShouldTellWishes)
            {
                yield return NextWishes;
            }

            if (_mayHaveChanged)
            {
                yield return TimeSpan.Zero;
            }

            if (!IsWatched)
            {
                yield return _nextPoll;
            }

            if (_closedSince is { } closed && closed + ServerLag > now)
            {
                yield return closed + ServerLag;
            }

            if (_mustClear && _fencing is null)
            {
                yield return NotAtOnce(_nextFence, now);
            }

            if (_giving is { } giving)
            {
                yield return giving.Since + _settings.PollInterval;
            }
            else if (Lacks > 0)
            {
                yield return _nextTake;
            }

            // Wishes settle, and what is unused is given back.
            if (_settledWanted.FallsAt is { } settles)
            {
                yield return NotAtOnce(settles, Now);
            }

            if (_recentUse.FallsAt is { } falls)
            {
                yield return NotAtOnce(falls, Now);
            }

            if (IsLookedAt)
            {
                yield return _allReadAt + AskAgainAfter;
            }

            if (IsReconciling)
            {
                yield return NotAtOnce(Max(_reconcilingSince + SilenceMax + _settleJitter, _nextFence), Now);
            }
        }

        foreach (var seen in _observed.Values.Where(seen => MayFence(seen.Entry)))
        {
            yield return seen.Entry.Record.IsFenced
                ? _settings.HasFence ? NotAtOnce(_nextFence, Now) : seen.Since + _settings.FreezeQuarantine
                : seen.Since + SilenceMax;
        }
    }

    static TimeSpan NotAtOnce(TimeSpan time, TimeSpan now) => Max(time, now + Pause);
}

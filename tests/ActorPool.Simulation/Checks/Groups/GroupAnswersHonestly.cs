using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks.Groups;

/// <summary>Who gets no lease of a group is told why, and it is true.</summary>
sealed class GroupAnswersHonestly(World world, GroupSubject group) : GroupCheck(world, group)
{
    // Also of members that have left since.
    bool _anyOpenFailed;

    // One may have been the only one in the role that was wanted.
    bool _anyLeft;

    public override void AfterStep()
    {
        _anyOpenFailed |= AnyOpenFailed();
        _anyLeft |= AnyLeft();
    }

    public override void Answered(GroupCall call, PoolSubject? member, Exception? failure)
    {
        switch (failure)
        {
            case null:
                break;
            case OperationCanceledException:
                Expect(call.Call.IsCancelled || call.Call.Scope is { HasEnded: true }, call, "was cancelled by nobody");
                break;
            case PoolException { Reason: var reason }:
                CheckReason(call, reason);
                break;
            default:
                Expect(call.IsUse && failure is IOException or InvalidDataException, call, $"got {failure.GetType().Name}");
                break;
        }
    }

    void CheckReason(GroupCall call, PoolFailureReason reason)
    {
        var waitedMs = World.NowMs - call.Call.BeganMs;
        switch (reason)
        {
            case PoolFailureReason.AcquireTimeout:
                Expect(waitedMs >= call.Call.TimeoutMs, call, $"timed out after {waitedMs} of {call.Call.TimeoutMs} ms");
                break;
            case PoolFailureReason.Unavailable:
                Expect(AnyRefuses() || _anyOpenFailed || _anyLeft, call, "was told that nobody can serve, no open has failed, and no member has left");
                break;
            case PoolFailureReason.ConnectFailed:
                Expect(_anyOpenFailed, call, "was told that nobody can connect, and no open has failed");
                break;
            case PoolFailureReason.Closed:
                Expect(Group.HasDrained, call, "was told that the group is closed");
                break;
            case PoolFailureReason.LeaseRevoked when call.IsUse:
                break;
            default:
                Fail($"{call} was told {reason}");
                break;
        }
    }

    /// <summary>Whether members may refuse whom they cannot serve at once, or soon.</summary>
    bool AnyRefuses() =>
        Group.Options.Pool is { WhenExhausted: WhenExhausted.Throw } or { MaxWaiters: not PoolOptions.Unlimited }
        || Group.Options.Pool.QueueTarget != Timeout.InfiniteTimeSpan;

    bool AnyOpenFailed()
    {
        foreach (var member in Group.Members)
        {
            if (member.IsMade && Peek.Counters(member.Supervisor) is not { OpensFailed: 0, EndedEarly: 0 })
            {
                return true;
            }
        }

        return false;
    }

    bool AnyLeft()
    {
        foreach (var member in Group.Members)
        {
            if (member.IsMade && member.Supervisor.IsClosedNow)
            {
                return true;
            }
        }

        return false;
    }

    void Expect(bool isTrue, GroupCall call, string message)
    {
        if (!isTrue)
        {
            Fail($"{call} {message}");
        }
    }
}

using ActorPool.Simulation.Callers;

namespace ActorPool.Simulation.Checks;

/// <summary>Who gets no lease is told why, and it is true.</summary>
sealed class HonestAnswers(World world, PoolSubject pool) : Check(world, pool)
{
    public override void Answered(Call call, Exception? failure)
    {
        if (failure is null)
        {
            return;
        }

        if (failure is OperationCanceledException)
        {
            Expect(call.IsCancelled || call.Scope is { HasEnded: true }, call, "was cancelled by nobody");
            return;
        }

        if (failure is not PoolException { Reason: var reason })
        {
            // What the operation of a caller threw is the caller's.
            Expect(failure is IOException or InvalidDataException, call, $"got {failure.GetType().Name}");
            return;
        }

        var told = $"was told {reason}";
        switch (reason)
        {
            case PoolFailureReason.AcquireTimeout:
                Expect(World.NowMs - call.BeganMs >= call.TimeoutMs, call, $"timed out after {World.NowMs - call.BeganMs} of {call.TimeoutMs} ms");
                break;
            case PoolFailureReason.Unavailable or PoolFailureReason.ConnectFailed or PoolFailureReason.ConnectTimeout:
                Expect(Peek.Counters(Supervisor) is not { OpensFailed: 0, EndedEarly: 0 }, call, $"{told}, and no open has failed");
                break;
            case PoolFailureReason.Exhausted or PoolFailureReason.Paused or PoolFailureReason.QueueFull:
                Expect(Pool.Bounds.MayRefuse, call, told);
                break;
            case PoolFailureReason.Shed:
                Expect(Pool.Bounds.MayShed, call, told);
                break;
            case PoolFailureReason.HolderEnded:
                Expect(call.Scope is { HasEnded: true }, call, told);
                break;
            case PoolFailureReason.Closed:
                Expect(Pool.HasDrained, call, told);
                break;
            case PoolFailureReason.LeaseRevoked:
                break;
            default:
                Fail($"{call} {told}");
                break;
        }
    }

    void Expect(bool isTrue, Call call, string message)
    {
        if (!isTrue)
        {
            Fail($"{call} {message}");
        }
    }
}

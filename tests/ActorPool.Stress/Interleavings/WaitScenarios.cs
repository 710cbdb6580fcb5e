using ActorPool.Endpoints;

namespace ActorPool.Stress;

/// <summary>A wait for a lease, against all that can end it: exactly one does, and nothing leaks.</summary>
static class WaitScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario<PoolState>("wait-acquire-release", "the holder returns its lease; another acquires")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) => state.Lease.Dispose(),
                static (state, _) =>
                {
                    state.Wait = state.Ask();
                    state.Seen[1] = state.Wait.IsCompleted ? 0 : 1;
                },
            ],
            Judge = static state => new(state.Seen[1], state.Answer(), state.Pool.Snapshot().Leased),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("waited", "answer", "leased")
                .Acceptable(new(0, PoolState.Granted, 1), "returned before: nobody had to wait")
                .Acceptable(new(1, PoolState.Granted, 1), "waited, and was served by the return")
                .Forbidden(new(1, PoolState.Pending, 0), "waits beside an idle connection"),
        },

        new Scenario<PoolState>("wait-grant-cancel", "the holder returns its lease; who waits for it is cancelled")
        {
            NewState = static actors => new(actors),
            Prepare = static state => Wait(state),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Cancel()],
            Judge = static state => JudgeWait(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => Ends()
                .Acceptable(new(PoolState.Granted, 1, 0, 0), "granted: the cancellation came too late")
                .Acceptable(new(PoolState.Cancelled, 0, 1, 0), "cancelled: the connection is idle")
                .Forbidden(new(PoolState.Cancelled, 1, 0, 0), "cancelled and leased: the connection is lost"),
        },

        new Scenario<PoolState>("wait-grant-timeout", "the holder returns its lease; the patience of who waits for it is over")
        {
            NewState = static actors => new(actors),
            Prepare = static state => Wait(state),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.LetTimeOut()],
            Judge = static state => JudgeWait(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => Ends()
                .Acceptable(new(PoolState.Granted, 1, 0, 0), "granted at the last moment")
                .Acceptable(new(PoolState.TimedOut, 0, 1, 0), "timed out: the connection is idle"),
        },

        new Scenario<PoolState>("wait-cancel-timeout", "who waits is cancelled; its patience is over")
        {
            NewState = static actors => new(actors),
            Prepare = static state => Wait(state),
            Acts = [static (state, _) => state.Cancel(), static (state, _) => state.LetTimeOut()],
            Judge = static state => JudgeWait(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => Ends()
                .Acceptable(new(PoolState.Cancelled, 1, 0, 0), "cancelled first")
                .Acceptable(new(PoolState.TimedOut, 1, 0, 0), "timed out first"),
        },

        new Scenario<PoolState>("wait-grant-cancel-timeout", "the holder returns its lease; who waits for it is cancelled; its patience is over")
        {
            NewState = static actors => new(actors),
            Prepare = static state => Wait(state),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Cancel(), static (state, _) => state.LetTimeOut()],
            Judge = static state => JudgeWait(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => Ends()
                .Acceptable(new(PoolState.Granted, 1, 0, 0), "granted first")
                .Acceptable(new(PoolState.Cancelled, 0, 1, 0), "cancelled first")
                .Acceptable(new(PoolState.TimedOut, 0, 1, 0), "timed out first"),
        },

        new Scenario<PoolState>("wait-grant-block", "the holder returns its lease; who blocks for it looks once, gives up, and blocks until it is told")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => Block(state)],
            Judge = static state => JudgeBlock(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("looks", "answer", "leased", "idle", "waiting")
                .Acceptable(new(1, PoolState.Granted, 1, 0, 0), "served at the first look")
                .Acceptable(new(2, PoolState.Granted, 1, 0, 0), "served while it gave up")
                .Acceptable(new(2, PoolState.TimedOut, 0, 1, 0), "given up: the connection is idle"),
        },

        new Scenario<PoolState>("wait-grant-end", "the holder returns its lease; the scope of who waits for it ends")
        {
            NewState = static actors => new(actors),
            Prepare = static state => Wait(state, scoped: true),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => state.Changes() is var (now, _, revoked, _) ? new(state.Answer(), now.Leased, now.Idle, revoked) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("answer", "leased", "idle", "revoked")
                .Acceptable(new(PoolState.HolderEnded, 0, 1, 0), "not needed any more: the connection is idle")
                .Acceptable(new(PoolState.HolderEnded, 0, 0, 1), "granted, and taken back before it was taken"),
        },

        new Scenario<PoolState>("wait-take-revoke", "who has waited takes its lease; its scope ends")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                Wait(state, scoped: true);
                state.Lease.Dispose();
                LocalDispatcher.RunAll();
            },
            Acts =
            [
                static (state, _) =>
                {
                    state.Seen[0] = Volatile.Read(ref state.Seen[1]);
                    state.Answer();
                },
                static (state, _) =>
                {
                    state.Scope!.Dispose();
                    LocalDispatcher.RunAll();
                    Volatile.Write(ref state.Seen[1], 1);
                },
            ],
            Judge = static state => state.Changes() is var (now, _, revoked, closed) ? new(state.Seen[0], state.Answer(), now.Size, closed, revoked) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("had been revoked", "answer", "size", "closed", "revoked")
                .Acceptable(new(0, PoolState.Cut, 0, 1, 1), "taken, and revoked after that")
                .Acceptable(new(0, PoolState.HolderEnded, 0, 1, 1), "revoked just before it was taken: not handed out")
                .Acceptable(new(1, PoolState.HolderEnded, 0, 1, 1), "revoked long before it was taken: not handed out")
                .Forbidden(new(1, PoolState.Cut, 0, 1, 1), "a lease that had been revoked was handed out"),
        },

        new Scenario<PoolState>("wait-reuse-cancel", "who has waited is cancelled too late; it takes its lease and returns it, and the next wait uses the same promise")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                Wait(state);
                state.Lease.Dispose();
                LocalDispatcher.RunAll();
            },
            Acts = [static (state, _) => state.Cancel(), static (state, _) => UseAgain(state)],
            Judge = static state => JudgeNextWait(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("next wait's answer", "after a return", "same promise")
                .Acceptable(new(PoolState.Pending, PoolState.Granted, 1), "the cancellation did not begin before the lease was taken: the promise is used again")
                .Acceptable(new(PoolState.Pending, PoolState.Granted, 0), "the cancellation had begun: the promise is not used again")
                .Forbidden(new(PoolState.Cancelled, PoolState.Cancelled, 1), "a cancellation has hit a stranger's wait"),
        },

        new Scenario<PoolState>("wait-all", "all acquire the one connection, use it and return it")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew();
                state.Lease.Dispose();
            },
            Acts =
            [
                static (state, actor) =>
                {
                    var use = UseAsync(state, actor);
                    if (!use.IsCompleted)
                    {
                        Interlocked.Or(ref state.Broken, 2);
                    }
                },
            ],
            Judge = static state => state.Pool.Snapshot() is var now ? new(state.Seen.Sum() - state.Seen.Length, state.Broken & 1, now.Idle, now.Waiting, state.Broken >> 1) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 64,
            Outcomes = static _ => new OutcomeTable("served, less the actors", "two at once", "idle", "waiting", "somebody waited")
                .Acceptable(new(0, 0, 1, 0, 0), "one after the other")
                .Acceptable(new(0, 0, 1, 0, 1), "somebody had to wait and was served"),
        },
    ];

    static OutcomeTable Ends() => new("answer", "leased", "idle", "waiting");

    static void Wait(PoolState state, bool scoped = false)
    {
        state.Renew();
        state.Queue(scoped);
    }

    static Outcome JudgeWait(PoolState state)
    {
        var answer = state.Answer();
        var now = state.Pool.Snapshot();
        return new(answer, now.Leased, now.Idle, now.Waiting);
    }

    // As a blocking acquire does, with no time between its looks.
    static void Block(PoolState state)
    {
        var supervisor = state.Pool.Supervisor;
        var waiter = new LeaseWaiter<PoolState.Connection>(supervisor);
        waiter.PrepareBlock();
        var message = EndpointMessage.Acquire(supervisor.AcquireTimeoutMs, wait: true, holder: null);
        message.Waiter = waiter;
        if (!supervisor.TryTurn(ref message))
        {
            supervisor.TellQueued(message);
        }

        state.Seen[1] = 1;
        if (!waiter.Block(TimeSpan.Zero))
        {
            state.Seen[1] = 2;
            waiter.Abandon(timedOut: true, post: false);
            waiter.Block(Timeout.InfiniteTimeSpan);
        }

        try
        {
            state.Leases[1] = waiter.TakeLease();
            state.Seen[0] = state.Leases[1].IsActive ? PoolState.Granted : PoolState.Cut;
        }
        catch (AcquireTimeoutException)
        {
            state.Seen[0] = PoolState.TimedOut;
        }
    }

    static Outcome JudgeBlock(PoolState state)
    {
        var now = state.Pool.Snapshot();
        return new(state.Seen[1], state.Seen[0], now.Leased, now.Idle, now.Waiting);
    }

    // Takes and returns the lease; then one has the connection again, and another waits for it.
    static void UseAgain(PoolState state)
    {
        var lease = PoolState.Acquired(state.Wait);
        var waiter = PoolState.WaiterOf(lease);
        lease.Dispose();
        state.Leases[0] = PoolState.Acquired(state.Ask());
        state.Wait = state.Ask();
        state.Seen[1] = waiter is { IsReusable: true } ? 1 : 0;
    }

    static Outcome JudgeNextWait(PoolState state)
    {
        var before = state.Answer();
        state.Leases[0].Dispose();
        LocalDispatcher.RunAll();
        return new(before, state.Answer(), state.Seen[1]);
    }

    static async Task UseAsync(PoolState state, int actor)
    {
        using var lease = await state.Pool.AcquireAsync();
        if (Interlocked.Increment(ref state.Holders) != 1)
        {
            Interlocked.Or(ref state.Broken, 1);
        }

        state.Seen[actor]++;
        Interlocked.Decrement(ref state.Holders);
    }
}

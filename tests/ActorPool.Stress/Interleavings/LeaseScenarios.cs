namespace ActorPool.Stress;

/// <summary>What holders and others do to one lease of a whole pool at once: exactly one of them ends it.</summary>
static class LeaseScenarios
{
    const int Revoked = 1;
    const int Disposed = 2;

    // Who looks for so long lets others run.
    const int LooksMax = 100;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario<PoolState>("lease-dispose-dispose", "all dispose copies of one lease; the connector looks at what is returned")
        {
            NewState = static actors => new(actors, ConnectorSteps.Return),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, actor) =>
                {
                    PoolState.Me = actor;
                    state.Lease.Dispose();
                },
            ],
            Judge = static state => state.Changes() is var (now, repeats, _, closed)
                ? new(state.Looks, state.LookedBy, now.Idle, closed, repeats - state.Seen.Length)
                : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static actors =>
            {
                var table = new OutcomeTable("looks", "by whom", "idle", "closed", "repeats counted, less the actors");
                for (var actor = 0; actor < actors; actor++)
                {
                    table.Acceptable(new(1, actor, 1, 0, -1), $"actor {actor} has returned it");
                }

                return table;
            },
        },

        new Scenario<PoolState>("lease-dispose-skip", "one disposes the lease; another returns a copy without the pool's reset")
        {
            NewState = static actors => new(actors, ConnectorSteps.Reset),
            Prepare = static state => state.Renew(),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Lease.ReturnWithoutReset()],
            Judge = static state => state.Changes() is var (now, repeats, _, closed) ? new(state.Resets, now.Idle, closed, repeats) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("resets", "idle", "closed", "repeats")
                .Acceptable(new(1, 1, 0, 1), "it was disposed first")
                .Acceptable(new(0, 1, 0, 1), "it was returned without a reset first"),
        },

        new Scenario<PoolState>("lease-dispose-revoke", "the holder disposes the lease; its scope ends")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(scoped: true),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => state.Changes() is var (now, repeats, revoked, closed) ? new(now.Idle, closed, revoked, repeats) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("idle", "closed", "revoked", "repeats")
                .Acceptable(new(1, 0, 0, 0), "returned before the scope ended")
                .Acceptable(new(0, 1, 1, 1), "taken back first: the return is too late, and counted"),
        },

        new Scenario<PoolState>("lease-claim-revoke", "as lease-dispose-revoke, with a connector that looks at what is returned")
        {
            NewState = static actors => new(actors, ConnectorSteps.Return),
            Prepare = static state => state.Renew(scoped: true),
            Acts = [static (state, _) => state.Lease.Dispose(), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => state.Changes() is var (now, repeats, revoked, closed) ? new(state.Looks, now.Idle, closed, revoked, repeats) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("looks", "idle", "closed", "revoked", "repeats")
                .Acceptable(new(1, 1, 0, 0, 0), "looked at and returned before the scope ended")
                .Acceptable(new(0, 0, 1, 1, 1), "taken back first: not looked at any more")
                .Interesting(new(1, 0, 1, 1, 1), "taken back while the connector looked: it looks at a connection that is being closed"),
        },

        new Scenario<PoolState>("lease-use-revoke", "the holder uses the lease until it has none; its scope ends, and another gets the slot's next connection")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew(scoped: true);
                state.Queue();
            },
            Acts = [static (state, _) => Use(state), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => new(state.Seen[0], state.Seen[1], state.Broken, state.Answer()),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("used", "ended how", "wrong connection", "the next holder's answer")
                .Acceptable(new(1, Revoked, 0, PoolState.Granted), "used until it was taken back, which the error says")
                .Acceptable(new(0, Revoked, 0, PoolState.Granted), "taken back before it was used, which the error says")
                .Forbidden(new(1, Disposed, 0, PoolState.Granted), "the error does not say that it was taken back")
                .Forbidden(new(1, Revoked, 1, PoolState.Granted), "used a connection that was closed or another's"),
        },

        new Scenario<PoolState>("lease-use-dispose-revoke", "one uses the lease until it has none; another disposes a copy; its scope ends")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(scoped: true),
            Acts = [static (state, _) => Use(state), static (state, _) => state.Lease.Dispose(), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => state.Changes() is var (now, repeats, _, closed) ? new(state.Seen[1], state.Broken, now.Idle, closed, repeats) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("ended how", "wrong connection", "idle", "closed", "repeats")
                .Acceptable(new(Disposed, 0, 1, 0, 0), "returned first")
                .Acceptable(new(Revoked, 0, 0, 1, 1), "taken back first"),
        },

        new Scenario<PoolState>("lease-detach-dispose", "one detaches the connection; another disposes a copy of the lease")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts = [static (state, actor) => Detach(state, actor), static (state, _) => state.Lease.Dispose()],
            Judge = static state => state.Changes() is var (now, repeats, _, closed) ? new(state.Seen[0], now.Size, now.Idle, closed, repeats) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("detached", "size", "idle", "closed", "repeats")
                .Acceptable(new(1, 0, 0, 0, 1), "detached: it is the holder's, and the return is too late")
                .Acceptable(new(0, 1, 1, 0, 0), "returned: there was nothing left to detach")
                .Forbidden(new(1, 1, 1, 0, 0), "the connection is the holder's and the pool's"),
        },

        new Scenario<PoolState>("lease-detach-detach", "all detach the connection by copies of the lease")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts = [static (state, actor) => Detach(state, actor)],
            Judge = static state => new(state.Seen.Sum(), Array.IndexOf(state.Seen, 1), state.Pool.Snapshot().Size),
            Settle = LocalDispatcher.RunAll,
            Stride = 64,
            Outcomes = static actors =>
            {
                var table = new OutcomeTable("detached", "by whom", "size");
                for (var actor = 0; actor < actors; actor++)
                {
                    table.Acceptable(new(1, actor, 0), $"actor {actor} has it");
                }

                return table.Forbidden(new(2, 0, 0), "two have it");
            },
        },

        new Scenario<PoolState>("lease-detach-revoke", "the holder detaches the connection; its scope ends")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(scoped: true),
            Acts = [static (state, actor) => Detach(state, actor), static (state, _) => state.Scope!.Dispose()],
            Judge = static state => state.Changes() is var (now, _, revoked, closed) ? new(state.Seen[0], now.Size, closed, revoked) : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("detached", "size", "closed", "revoked")
                .Acceptable(new(1, 0, 0, 0), "detached before the scope ended: the pool does not close it")
                .Acceptable(new(0, 0, 1, 1), "taken back first: the pool closes it")
                .Forbidden(new(1, 0, 1, 1), "closed under the one who detached it"),
        },

        new Scenario<PoolState>("lease-faulty-next", "one marks the lease faulty; another disposes a copy, acquires again and returns that too")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) => state.Lease.MarkFaulty(),
                static (state, _) =>
                {
                    state.Lease.Dispose();
                    state.Wait = state.Ask();
                },
            ],
            Judge = static state => JudgeNext(state),
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("answer", "the same connection again", "closed", "idle")
                .Acceptable(new(PoolState.Granted, 0, 1, 1), "marked before it was returned: closed, and the next lease has another")
                .Acceptable(new(PoolState.Granted, 1, 0, 1), "returned first: the mark is ignored")
                .Forbidden(new(PoolState.Granted, 1, 1, 0), "the mark has hit the next holder"),
        },

        new Scenario<PoolState>("lease-scope-scope", "all end the scope that has the lease")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(scoped: true),
            Acts =
            [
                static (state, actor) =>
                {
                    state.Scope!.Dispose();
                    state.Seen[actor] = state.Scope.HasEnded ? 1 : 0;
                },
            ],
            Judge = static state => state.Changes() is var (now, _, revoked, closed)
                ? new(state.Seen.Sum() - state.Seen.Length, now.Size, closed, revoked)
                : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("saw it ended, less the actors", "size", "closed", "revoked")
                .Acceptable(new(0, 0, 1, 1), "taken back once"),
        },

        new Scenario<PoolState>("lease-scope-acquire", "a scope of several pools ends; somebody acquires for it")
        {
            NewState = static actors => new(actors),
            Prepare = static state =>
            {
                state.Renew(scoped: true);

                // The scope's own lease is returned: an idle connection and a scope that the pool knows, and others after it,
                // who keep the end busy.
                state.Lease.Dispose();
                state.JoinOthers();
            },
            Acts =
            [
                static (state, _) => state.Scope!.Dispose(),
                static (state, _) =>
                {
                    state.Wait = state.Ask(state.Scope);
                    state.Seen[1] = state.Wait.IsCompleted ? state.Answer() : PoolState.Pending;
                },
            ],
            Judge = static state => state.Changes() is var (now, _, revoked, closed)
                ? new(state.Answer(), now.Leased, now.Idle, closed, revoked)
                : default,
            Settle = LocalDispatcher.RunAll,
            Stride = 128,
            Outcomes = static _ => new OutcomeTable("answer", "leased", "idle", "closed", "revoked")
                .Acceptable(new(PoolState.HolderEnded, 0, 1, 0, 0), "the scope had ended: no lease")
                .Acceptable(new(PoolState.Cut, 0, 0, 1, 1), "leased before the scope ended, and taken back")
                .Forbidden(new(PoolState.Granted, 1, 0, 0, 0), "a lease whose holder has ended"),
        },
    ];

    static void Use(PoolState state)
    {
        for (var looks = 1; ; looks++)
        {
            try
            {
                state.Broken |= ReferenceEquals(state.Lease.Connection, state.Mine) ? 0 : 1;
                state.Seen[0] = 1;
            }
            catch (NullReferenceException)
            {
                state.Broken = 1;
            }
            catch (LeaseRevokedException)
            {
                state.Seen[1] = Revoked;
                return;
            }
            catch (ObjectDisposedException)
            {
                state.Seen[1] = Disposed;
                return;
            }

            if (looks > LooksMax)
            {
                Thread.Yield();
            }
        }
    }

    static Outcome JudgeNext(PoolState state)
    {
        var answer = state.Answer();
        var next = state.Reply?.Lease ?? default;
        var isSame = next.IsActive && ReferenceEquals(next.Connection, state.Mine);
        next.Dispose();
        LocalDispatcher.RunAll();
        var (now, _, _, closed) = state.Changes();
        return new(answer, isSame ? 1 : 0, closed, now.Idle);
    }

    static void Detach(PoolState state, int actor)
    {
        try
        {
            state.Seen[actor] = ReferenceEquals(state.Lease.Detach(), state.Mine) ? 1 : 2;
        }
        catch (Exception error) when (error is ObjectDisposedException or LeaseRevokedException)
        {
            state.Seen[actor] = 0;
        }
    }
}

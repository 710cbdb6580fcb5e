using ActorPool.Endpoints;

namespace ActorPool.Stress;

/// <summary>
/// What holders' threads read and exchange of a slot, against what its supervisor writes; the scenario plays the supervisor.
/// </summary>
static class SeatScenarios
{
    const int Mine = 1;
    const int Ended = 2;
    const int Another = 3;
    const int Nothing = 4;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario<SeatState>("seat-claim-claim", "all claim to be the one who returns the lease")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts = [static (state, actor) => state.Seen[actor] = state.Claim(state.Generation)],
            Judge = static state => new(state.Seen.Sum(), Array.IndexOf(state.Seen, 1)),
            Outcomes = static actors =>
            {
                var table = new OutcomeTable("claims granted", "whose");
                for (var actor = 0; actor < actors; actor++)
                {
                    table.Acceptable(new(1, actor), $"actor {actor} returns it");
                }

                return table.Forbidden(new(0, -1), "nobody returns it").Forbidden(new(2, 0), "two return it");
            },
        },

        new Scenario<SeatState>("seat-claim-end", "the supervisor ends the lease; its holder looks and claims to return it; the next holder claims after both")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) => state.Slot.RaiseGeneration(),
                static (state, actor) =>
                {
                    state.Seen[0] = state.Lease.IsActive ? 0 : 1;
                    state.Seen[actor] = state.Claim(state.Generation);
                },
            ],
            Judge = static state => new(state.Seen[0], state.Seen[1], state.Claim(state.Generation + 1)),
            Outcomes = static _ => new OutcomeTable("had ended", "claim granted", "next holder's claim granted")
                .Acceptable(new(0, 1, 1), "claimed before it ended: what is returned is outdated by then, and counted")
                .Acceptable(new(0, 0, 1), "ended between the look and the claim")
                .Acceptable(new(1, 0, 1), "ended first")
                .Forbidden(new(1, 1, 1), "a lease that had ended is returned: the connector looks at another's connection"),
        },

        new Scenario<SeatState>("seat-claim-next", "the supervisor ends the lease and its next holder claims to return that; a copy of the old lease claims")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, actor) =>
                {
                    state.Slot.RaiseGeneration();
                    state.Seen[actor] = state.Claim(state.Generation + 1);
                },
                static (state, actor) => state.Seen[actor] = state.Claim(state.Generation),
            ],
            Judge = static state => new(state.Seen[0], state.Seen[1]),
            Outcomes = static _ => new OutcomeTable("next holder's claim granted", "old claim granted")
                .Acceptable(new(1, 1), "the old claim came before its lease ended")
                .Acceptable(new(1, 0), "the lease had ended")
                .Forbidden(new(0, 1), "the next holder cannot return its lease: the connection is lost")
                .Forbidden(new(0, 0), "the next holder cannot return its lease: the connection is lost"),
        },

        new Scenario<SeatState>("seat-use-change", "the supervisor ends the lease and puts another connection into the slot; the holder uses its lease")
        {
            NewState = static actors => new(actors),
            Prepare = static state => state.Renew(),
            Acts =
            [
                static (state, _) =>
                {
                    state.Slot.RaiseGeneration();
                    state.Slot.Current = null;
                    state.Slot.Current = state.Next;
                },
                static (state, actor) => state.Seen[actor] = Use(state),
            ],
            Judge = static state => new(state.Seen[1]),
            Stride = 256,
            Outcomes = static _ => new OutcomeTable("what was used")
                .Acceptable(new(Mine), "the lease's connection")
                .Acceptable(new(Ended), "none: the lease has ended")
                .Forbidden(new(Another), "the next holder's connection")
                .Forbidden(new(Nothing), "no connection, and no error that says why"),
        },
    ];

    static int Use(SeatState state)
    {
        try
        {
            return ReferenceEquals(state.Lease.Connection, state.Current.Connection) ? Mine : Another;
        }
        catch (ObjectDisposedException)
        {
            return Ended;
        }
        catch (NullReferenceException)
        {
            return Nothing;
        }
    }

    /// <summary>A slot that is in no pool, but has a supervisor for its errors' sake.</summary>
    sealed class SeatState(int actors)
    {
        static readonly EndpointSupervisor Supervisor =
            ConnectionPool.Create(Connector.Create<object>(static (_, _) => new(new object()))).Supervisor;

        public readonly Slot Slot = new(Supervisor, 0);
        public readonly PooledConnection Current = new(new object(), 1, 0, default, null);
        public readonly PooledConnection Next = new(new object(), 2, 0, default, null);
        public readonly int[] Seen = new int[actors];

        public long Generation { get; private set; }

        public Lease<object> Lease { get; private set; }

        public void Renew()
        {
            Slot.RaiseGeneration();
            Slot.Current = Current;
            Generation = Slot.Generation;
            Lease = new Lease<object>(Slot, Generation);
            Array.Clear(Seen);
        }

        public int Claim(long generation) => Slot.TryClaimReturn(generation) ? 1 : 0;
    }
}

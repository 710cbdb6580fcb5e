namespace ActorPool.Mutations;

/// <summary>One budget for several pools: who hands out, and who asks.</summary>
static class GrantMutations
{
    const string Budget = "src/ActorPool/Grants/BudgetActor.cs";
    const string Leasing = "src/ActorPool/Endpoints/EndpointSupervisor.Leasing.cs";
    const string Waiting = "src/ActorPool/Endpoints/EndpointSupervisor.Waiting.cs";
    const string Granting = "src/ActorPool/Endpoints/EndpointSupervisor.Granting.cs";

    public static Mutation[] All { get; } =
    [
        new("The grants of a pool that leaves are lost", Budget,
            """
                        _granted -= share.Held;

            """,
            ""),
        new("One grant more than the budget has is given", Budget,
            "while (_granted < _max)",
            "while (_granted <= _max)"),
        new("Grants that are returned are not passed on to who waits for them", Budget,
            """
                            Return(message.Share!, message.Count);
                            break;
            """,
            """
                            Return(message.Share!, message.Count);
                            return;
            """),
        new("Pools with more than their share are not asked to give back", Budget,
            """
                    HandOut();
                    Ask();
            """,
            """
                    HandOut();
            """),
        new("A pool opens one connection more than it has grants", Granting,
            "Math.Max(0, Math.Min(_granted, _grantsMax) - inUse)",
            "Math.Max(0, Math.Min(_granted, _grantsMax) + 1 - inUse)"),
        new("A pool opens connections after its budget's deadline", Granting,
            "IsPastDeadline() ? 0 : ",
            ""),
        new("A pool hands out connections after its budget's deadline", Leasing,
            "if (_isPaused || IsPastDeadline()",
            "if (_isPaused"),
        new("Those who wait are served after the budget's deadline", Waiting,
            "if (_isPaused || (_waiters.Count > 0 && IsPastDeadline()))",
            "if (_isPaused)"),
        new("What was recalled is opened again", Granting,
            "_grantsMax = total;",
            ""),
        new("A hard recall leaves leased connections to their holders", Granting,
            "if (mode == EvictMode.Hard)",
            "if (mode != EvictMode.Soft && mode != EvictMode.Hard)"),
        new("Grants that a pool does not need are forgotten, not returned", Granting,
            """
                    _grants.Return(returned);

            """,
            ""),
        new("A grant that arrives opens nothing", Granting,
            """
                    OpenOnDemand(System.Clock.NowMs, passedBy);

            """,
            ""),
        new("A pool gives back connections of its minimum", Granting,
            "var surplus = Math.Min(count - returned, Surplus);",
            "var surplus = count - returned;"),
    ];
}

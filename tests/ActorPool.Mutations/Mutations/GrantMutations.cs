namespace ActorPool.Mutations;

/// <summary>One budget for several pools: who hands out, and who asks.</summary>
static class GrantMutations
{
    const string Budget = "src/ActorPool/Grants/BudgetActor.cs";
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
            "Math.Max(0, _granted - inUse)",
            "Math.Max(0, _granted + 1 - inUse)"),
        new("Grants that a pool does not need are forgotten, not returned", Granting,
            """
                        _grants.Return(_granted - needed);

            """,
            ""),
        new("A grant that arrives opens nothing", Granting,
            """
                    OpenOnDemand(System.Clock.NowMs, passedBy);

            """,
            ""),
        new("A pool gives back connections of its minimum", Granting,
            "var surplus = Math.Min(count, Surplus);",
            "var surplus = count;"),
    ];
}

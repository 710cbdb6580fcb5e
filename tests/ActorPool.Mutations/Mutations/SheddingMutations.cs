namespace ActorPool.Mutations;

/// <summary>Those who are shed from a line that does not move.</summary>
static class SheddingMutations
{
    const string Waiting = "src/ActorPool/Endpoints/EndpointSupervisor.Waiting.cs";
    const string Shedder = "src/ActorPool/Endpoints/QueueShedder.cs";

    public static Mutation[] All { get; } =
    [
        new("The line is shed from its wrong end", Waiting,
            """
                        _waiters.Remove(first);
                        _counters.Shed++;
                        Fail(first, Explained(failure, first, nowMs));
            """,
            """
                        var last = first;
                        while (last.Next is { } next)
                        {
                            last = next;
                        }

                        _waiters.Remove(last);
                        _counters.Shed++;
                        Fail(last, Explained(failure, last, nowMs));
            """),
        new("The whole line is shed once there is overload, not those who waited too long", Shedder,
            "var isShed = IsOverloaded && waitedMs > 2 * targetMs;",
            "var isShed = IsOverloaded;"),
        new("Not the shortest wait of an interval tells of overload, but the last", Shedder,
            "IsOverloaded = Math.Min(_shortestMs, waitedMs) > targetMs;",
            "IsOverloaded = waitedMs > targetMs;"),
    ];
}

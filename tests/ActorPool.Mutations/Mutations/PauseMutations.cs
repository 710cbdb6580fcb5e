namespace ActorPool.Mutations;

/// <summary>Pause, resume and the other operations.</summary>
static class PauseMutations
{
    const string WarmingUp = "src/ActorPool/Endpoints/EndpointSupervisor.WarmingUp.cs";
    const string Commands = "src/ActorPool/Endpoints/EndpointSupervisor.Commands.cs";
    const string Leasing = "src/ActorPool/Endpoints/EndpointSupervisor.Leasing.cs";
    const string Waiting = "src/ActorPool/Endpoints/EndpointSupervisor.Waiting.cs";

    public static Mutation[] All { get; } =
    [
        new("A pause drops those who wait", Commands,
            "            Publish(new PoolPaused(Name));\n",
            """
                        Publish(new PoolPaused(Name));
                        while (_waiters.TakeFirst() is not null)
                        {
                        }

            """),
        new("A paused pool serves those who come", Leasing,
            "if (_isPaused || IsPastDeadline()",
            "if (IsPastDeadline()"),
        new("A paused pool serves those who wait", Waiting,
            "if (_isPaused || (_waiters.Count > 0",
            "if ((_waiters.Count > 0"),
        new("Those who waited through a pause are not served from the idle", Commands,
            """
                    _shedder?.Begin(nowMs);
                    ServeIdle(nowMs);
            """,
            """
                    _shedder?.Begin(nowMs);
            """),
        new("A pause has no end of its own", Commands,
            """
                        StartTimer(EndpointTimer.PauseEnds, limitMs);

            """,
            ""),
        new("A soft eviction cuts leases, a hard one does not", Commands,
            "command.Mode == EvictMode.Hard",
            "command.Mode == EvictMode.Soft"),
        new("What waits for a warm-up is not told that there is no hope", WarmingUp,
            """
                    var failure = Failure(IsClosed ? PoolFailureReason.Closed : UnavailableReason);
                    foreach (var request in _warmUps)
                    {
                        request.Failure = failure;
                        Cause(request);
                    }
            """,
            """
                    var failure = Failure(IsClosed ? PoolFailureReason.Closed : UnavailableReason);
                    foreach (var request in _warmUps)
                    {
                        request.Failure = failure;
                    }
            """),
    ];
}

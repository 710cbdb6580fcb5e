namespace ActorPool.Mutations;

/// <summary>What is known of an endpoint's opens, and the backoff.</summary>
static class HealthMutations
{
    const string Health = "src/ActorPool/Endpoints/EndpointHealth.cs";

    public static Mutation[] All { get; } =
    [
        new("Each connection that fails to open takes a step of the backoff, not each round of them", Health,
            "if (startedInRound == Round)",
            "if (startedInRound <= Round)"),
        new("As many opens are under way while they fail as otherwise", Health,
            "State == PoolHealth.Healthy && !IsOnTrial ? Settings.MaxConcurrentConnects : 1;",
            "Settings.MaxConcurrentConnects;"),
        new("Others are opened beside the connection on trial", Health,
            "            NextAttemptMs = TrialEndsMs;\n",
            ""),
        new("An open that succeeds does not end Unavailable", Health,
            "        State = PoolHealth.Healthy;",
            "        State = State == PoolHealth.Unavailable ? State : PoolHealth.Healthy;"),
        new("The backoff goes on after an open that succeeded", Health,
            """
                    LastKind = OpenFailureKind.Transient;
                    NextAttemptMs = 0;
            """,
            """
                    LastKind = OpenFailureKind.Transient;
            """),
        new("The step of the backoff survives an open that succeeded", Health,
            """
                    Step = 0;

            """,
            ""),
        new("UnavailableAfter counts from the last failure, not from the first", Health,
            "if (FailuresInARow++ == 0 ||",
            "if (FailuresInARow++ >= 0 ||"),
        new("A time in which nobody wanted a connection counts as one in which none could be opened", Health,
            "_lastAttemptMs - _triedUntilMs >= Settings.UnavailableAfterMs",
            "_lastAttemptMs - _triedUntilMs >= PoolSettings.Never"),
    ];
}

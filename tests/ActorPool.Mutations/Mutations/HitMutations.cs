namespace ActorPool.Mutations;

/// <summary>The shortest ways of a lease, and when they may be taken.</summary>
static class HitMutations
{
    const string Hits = "src/ActorPool/Endpoints/EndpointSupervisor.Hits.cs";
    const string Ways = "src/ActorPool/Endpoints/EndpointSupervisor.Commands.cs";

    public static Mutation[] All { get; } =
    [
        new("An expired connection is handed out", Hits,
            "if (nowMs >= slot.ExpiresAtMs || slot.IsSuspect",
            "if (slot.IsSuspect"),
        new("Who must not wait is queued all the same", Hits,
            "!IsClosed && timeoutMs > 0)",
            "!IsClosed && timeoutMs >= 0)"),
        new("The shortest way to a lease heeds no pause", Ways,
            "var isPlain = !_isPaused && !_hasShared",
            "var isPlain = !_hasShared"),
        new("A stale connection is returned to the idle ones", Ways,
            "!_connector.Steps.HasFlag(ConnectorSteps.Reset) && _stale == 0",
            "!_connector.Steps.HasFlag(ConnectorSteps.Reset)"),
        new("The shortest way of a return skips the reset", Ways,
            "!_hasShared && !_connector.Steps.HasFlag(ConnectorSteps.Reset) && _stale == 0",
            "!_hasShared && _stale == 0"),
        new("The shortest way to wait heeds no MaxWaiters", Ways,
            "&& _settings is { MaxWaiters: PoolOptions.Unlimited, WhenExhausted",
            "&& _settings is { WhenExhausted"),
    ];
}

namespace ActorPool.Dashboard.Operating;

/// <summary>An operation in words, for the log, and as a command.</summary>
sealed record PoolOperation(string Words, PoolCommand Command)
{
    /// <summary>What a request asks for.</summary>
    /// <param name="name">The last part of the address.</param>
    /// <param name="request">The body.</param>
    /// <returns>Null if it is no operation, or lacks a number that it needs.</returns>
    public static PoolOperation? Of(string? name, OperationRequest request) => (name, request) switch
    {
        ("pause", _) => new PoolOperation("pause", new PausePool()),
        ("resume", _) => new PoolOperation("resume", new ResumePool()),
        ("evict", { Connection: { } connection }) =>
            new PoolOperation($"evict connection {connection} ({Mode(request)})", new EvictConnections(Mode(request), ConnectionId: connection)),
        ("evict", _) => new PoolOperation($"evict all ({Mode(request)})", new EvictConnections(Mode(request))),
        ("resize", { Min: { } min, Max: { } max }) => new PoolOperation($"resize to {min}..{max}", new ResizePool(min, max)),
        ("warm-up", _) => new PoolOperation($"warm up to {request.Connections?.ToString() ?? "the minimum"}", new WarmUpPool(request.Connections)),
        ("drain", _) => new PoolOperation("drain", new DrainPool()),
        _ => null,
    };

    static EvictMode Mode(OperationRequest request) => request.IsHard ? EvictMode.Hard : EvictMode.Soft;
}

namespace ActorPool.Simulation.Network;

/// <summary>Something that is under way between a connection and its server.</summary>
sealed class Operation(OperationKind kind, SimulatedConnection connection, Fate fate)
{
    readonly TaskCompletionSource _end = new();

    public OperationKind Kind { get; } = kind;

    public SimulatedConnection Connection { get; } = connection;

    public Fate Fate { get; set; } = fate;

    /// <summary>Whether whoever awaits it wants it no longer.</summary>
    public bool IsGivenUp { get; set; }

    public Task End => _end.Task;

    public void Succeed() => _end.SetResult();

    public void Fail(Exception error) => _end.SetException(error);

    public override string ToString() => $"{Kind} of {Connection} ({Fate}{(IsGivenUp ? ", given up" : "")})";
}

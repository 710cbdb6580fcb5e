using System.Threading.Tasks.Sources;

namespace ActorPool.Simulation.Network;

/// <summary>Something that is under way between a connection and its server; awaited by who began it, in place.</summary>
sealed class Operation(OperationKind kind, SimulatedConnection connection, Fate fate, long beganMs, Action<Operation, Exception?> ended)
    : IValueTaskSource<SimulatedConnection>, IValueTaskSource<bool>, IValueTaskSource<ReplicaRole>, IValueTaskSource
{
    ManualResetValueTaskSourceCore<SimulatedConnection> _end;
    CancellationTokenRegistration _registration;

    public OperationKind Kind { get; } = kind;

    public SimulatedConnection Connection { get; } = connection;

    public Fate Fate { get; set; } = fate;

    public long BeganMs { get; } = beganMs;

    /// <summary>Whether whoever awaits it wants it no longer.</summary>
    public bool IsGivenUp { get; private set; }

    public ValueTask<SimulatedConnection> Opened => new(this, _end.Version);

    public ValueTask<bool> Used => new(this, _end.Version);

    /// <summary>What the server is when it ends.</summary>
    public ValueTask<ReplicaRole> Role => new(this, _end.Version);

    public ValueTask Done => new(this, _end.Version);

    public void GiveUpWith(CancellationToken cancellationToken) => _registration = cancellationToken.UnsafeRegister(
        static operation => ((Operation)operation!).IsGivenUp = true, this);

    /// <summary>It is over; whoever awaits it goes on at once.</summary>
    public void End(Exception? error)
    {
        _registration.Unregister();
        ended(this, error);
        if (error is null)
        {
            _end.SetResult(Connection);
        }
        else
        {
            _end.SetException(error);
        }
    }

    public override string ToString() => $"{Kind} of {Connection} ({Fate}{(IsGivenUp ? ", given up" : "")})";

    public ValueTaskSourceStatus GetStatus(short token) => _end.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _end.OnCompleted(continuation, state, token, flags);

    SimulatedConnection IValueTaskSource<SimulatedConnection>.GetResult(short token) => _end.GetResult(token);

    bool IValueTaskSource<bool>.GetResult(short token) => _end.GetResult(token) is not null;

    ReplicaRole IValueTaskSource<ReplicaRole>.GetResult(short token) => _end.GetResult(token).Server.Role;

    void IValueTaskSource.GetResult(short token) => _end.GetResult(token);
}

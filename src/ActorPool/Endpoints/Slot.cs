using System.Runtime.CompilerServices;
using ActorPool.Connections;

namespace ActorPool.Endpoints;

/// <summary>
/// One place of a pool's maximum size. It outlives the connections that fill it one after another. Its supervisor alone
/// writes it; leases read its connection and generation from their holders' threads.
/// </summary>
sealed class Slot(EndpointSupervisor supervisor, int index)
{
    PooledConnection? _current;
    long _generation = 1;
    long _returning;

    /// <summary>Its place in the supervisor's array.</summary>
    public readonly int Index = index;

    /// <summary>What it is doing. Changed by <see cref="EndpointSupervisor"/> along <see cref="SlotTransitions"/> alone.</summary>
    public SlotState State;

    /// <summary>Why its connection is closed, once it is <see cref="SlotState.Doomed"/> or <see cref="SlotState.Closing"/>.</summary>
    public CloseReason CloseReason;

    /// <summary>Where it lies among the idle ones, while it is idle or probed.</summary>
    public int IdlePosition;

    /// <summary>When it came into its state.</summary>
    public long StateSinceMs;

    /// <summary>Since when nobody has used its connection; a probe does not count as use.</summary>
    public long IdleSinceMs;

    /// <summary>When its connection is too old.</summary>
    public long ExpiresAtMs;

    /// <summary>How often its connection has been leased.</summary>
    public long UseCount;

    /// <summary>Its last transitions.</summary>
    public FlightRecorder History;

    /// <summary>Who has the lease, if anybody in particular.</summary>
    public object? Holder;

    /// <summary>The promise that the present holder waited on, kept to be used again when the lease ends.</summary>
    public Waiter? Waiter;

    /// <summary>The number of its connection; 0 when it is empty.</summary>
    public long ConnectionId;

    /// <summary>The actor in charge of its connection.</summary>
    public ConnectionActor? Actor;

    /// <summary>The last error met on its connection.</summary>
    public Exception? LastError;

    /// <summary>The supervisor whose slot it is.</summary>
    public EndpointSupervisor Supervisor { get; } = supervisor;

    /// <summary>
    /// The open connection. A reader checks the generation after it has read this; a writer raises the generation before it
    /// writes this. Both are volatile so that neither order is undone on weaker hardware.
    /// </summary>
    public PooledConnection? Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <summary>The number of the present lease, or of the next one: raised when a lease ends.</summary>
    public long Generation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _generation;
    }

    /// <summary><see cref="Generation"/>, from outside the supervisor's turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadGeneration() => Volatile.Read(ref _generation);

    /// <summary>Outdates the present lease and every copy of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RaiseGeneration() => Volatile.Write(ref _generation, _generation + 1);

    /// <summary>From a holder's thread: makes the caller the one who returns the lease. False if it has ended, or another is.</summary>
    public bool TryClaimReturn(long generation)
    {
        var seen = Volatile.Read(ref _returning);
        return seen != generation
            && ReadGeneration() == generation
            && Interlocked.CompareExchange(ref _returning, generation, seen) == seen;
    }

    /// <summary>Forgets the connection.</summary>
    public void Clear()
    {
        Current = null;
        ConnectionId = 0;
        Actor = null;
        Holder = null;
        Waiter = null;
        LastError = null;
    }
}

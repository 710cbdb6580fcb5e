using System.Runtime.CompilerServices;
using ActorPool.Connections;

namespace ActorPool.Endpoints;

/// <summary>
/// One place of a pool's maximum size. It outlives the connections that fill it one after another. Its supervisor alone
/// writes it; leases read its connection and generation from their holders' threads.
/// </summary>
sealed class Slot(EndpointSupervisor supervisor, int index) : Seat
{
    PooledConnection? _current;

    /// <summary>Its place in the supervisor's array.</summary>
    public readonly int Index = index;

    /// <summary>What it is doing. Changed by <see cref="EndpointSupervisor"/> along <see cref="SlotTransitions"/> alone.</summary>
    public SlotState State;

    /// <summary>
    /// Why its connection is closed, once it is <see cref="SlotState.Doomed"/> or <see cref="SlotState.Closing"/>; before that,
    /// why it will be when it expires.
    /// </summary>
    public CloseReason CloseReason;

    /// <summary>Where it lies among the idle ones, while it is idle or probed.</summary>
    public int IdlePosition;

    /// <summary>When it came into its state.</summary>
    public long StateSinceMs;

    /// <summary>Since when nobody has used its connection; a probe does not count as use.</summary>
    public long IdleSinceMs;

    /// <summary>When its connection is too old.</summary>
    public long ExpiresAtMs;

    /// <summary>Whether it is above the maximum size, opened for want of all others; closed when it is returned.</summary>
    public bool IsTransient;

    /// <summary>Whether its connection shall be replaced, and is kept until its successor is there.</summary>
    public bool IsStale;

    /// <summary>Whether a sibling of its connection met a network fault, so that it must be looked at before it is handed out.</summary>
    public bool IsSuspect;

    /// <summary>Under which of the pool's configurations it was opened.</summary>
    public int Epoch;

    /// <summary>Its seats, if its connection serves several leases at once; otherwise null, and it is its own seat.</summary>
    public SlotSeats? Seats;

    /// <summary>How often its connection has been leased.</summary>
    public long UseCount;

    /// <summary>Its last transitions.</summary>
    public FlightRecorder History;

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

    /// <summary>Forgets the connection.</summary>
    public void Clear()
    {
        Current = null;
        OpenedIn = null;
        ConnectionId = 0;
        Actor = null;
        Holder = null;
        Waiter = null;
        Seats = null;
        IsTransient = false;
        IsStale = false;
        IsSuspect = false;
        LastError = null;
    }
}

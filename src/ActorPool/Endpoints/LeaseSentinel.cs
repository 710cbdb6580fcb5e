namespace ActorPool.Endpoints;

/// <summary>
/// Watches one lease (<see cref="PoolOptions.LeakDetection"/>): the copies of the lease hold it, and nobody else does. When
/// the last of them is garbage, so is this, and its finalizer says that nobody can return the lease any more.
/// </summary>
sealed class LeaseSentinel(Seat seat, long generation)
{
#pragma warning disable MA0055 // being garbage is what it is there to notice
    ~LeaseSentinel() => Seat.Slot.Supervisor.Post(EndpointMessage.LeaseLost(Seat, Generation));
#pragma warning restore MA0055

    public Seat Seat { get; } = seat;

    public long Generation { get; } = generation;

    /// <summary>The lease was returned.</summary>
#pragma warning disable CA1816 // it is the lease that is disposed
    public void Dismiss() => GC.SuppressFinalize(this);
#pragma warning restore CA1816
}

namespace ActorPool.Endpoints;

/// <summary>A further seat of a slot whose connection serves several leases at once.</summary>
sealed class SharedSeat(Slot owner) : Seat
{
    /// <summary>The slot.</summary>
    public Slot Owner { get; } = owner;
}

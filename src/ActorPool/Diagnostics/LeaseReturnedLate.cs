using ActorPool.Diagnostics;

namespace ActorPool;

/// <summary>A lease that had been reported (<see cref="LeaseSuspected"/>) was returned after all.</summary>
public sealed record LeaseReturnedLate : PoolEvent
{
    internal LeaseReturnedLate(string poolName, long connectionId, object? holderObject, long heldMs)
        : base(poolName)
    {
        ConnectionId = connectionId;
        HolderObject = holderObject;
        HeldMs = heldMs;
    }

    /// <summary>The connection's number within its pool.</summary>
    public long ConnectionId { get; }

    /// <summary>Who has or had the lease, if the holder is anybody in particular; otherwise null.</summary>
    public string? Holder => Describe.Holder(HolderObject);

    /// <summary>Where it was acquired, if <see cref="PoolOptions.CaptureStacks"/> says so; otherwise null.</summary>
    public string? Stack => Describe.Stack(HolderObject);

    // Kept as it is: putting it into words runs users' code, and an event is made in a turn.
    internal object? HolderObject { get; }

    /// <summary>How long the lease has lasted.</summary>
    public TimeSpan Held => TimeSpan.FromMilliseconds(HeldMs);

    internal long HeldMs { get; }
}

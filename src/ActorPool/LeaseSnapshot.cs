using ActorPool.Diagnostics;

namespace ActorPool;

/// <summary>One lease at one moment.</summary>
public sealed record LeaseSnapshot
{
    internal LeaseSnapshot()
    {
    }

    /// <summary>The number of its connection within the pool.</summary>
    public required long ConnectionId { get; init; }

    /// <summary>How long it has lasted.</summary>
    public required TimeSpan Held { get; init; }

    /// <summary>Who has it (<see cref="AcquireLease.Holder"/>), if that is anybody in particular; otherwise null.</summary>
    public string? Holder => Describe.Holder(HolderObject);

    /// <summary>Where it was acquired, if <see cref="PoolOptions.CaptureStacks"/> says so; otherwise null.</summary>
    public string? Stack => Describe.Stack(HolderObject);

    // Kept as it is: a snapshot is taken in a turn, and putting holders into words runs users' code.
    internal object? HolderObject { get; init; }

    /// <summary>The lease in one line, with the place that acquired it if that is known.</summary>
    public override string ToString() =>
        $"connection {ConnectionId}, for {Describe.Seconds(Held)}"
        + (Holder is { } holder ? $", by {holder}" : "")
        + (Stack?.Split('\n')[0] is { Length: > 0 } frame ? $" {frame}" : "");
}

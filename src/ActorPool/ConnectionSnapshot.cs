using ActorPool.Diagnostics;
using ActorPool.Endpoints;

namespace ActorPool;

/// <summary>One slot of a pool at one moment.</summary>
public sealed record ConnectionSnapshot
{
    internal ConnectionSnapshot()
    {
    }

    /// <summary>The connection's number within its pool.</summary>
    public required long ConnectionId { get; init; }

    /// <summary>The slot's own number within its pool, from 0; one connection after another fills it.</summary>
    public int Slot { get; init; }

    /// <summary>What the slot is doing.</summary>
    public required SlotState State { get; init; }

    /// <summary>How long ago the connection was opened; zero while it is being opened.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long the slot has been in its state.</summary>
    public required TimeSpan InState { get; init; }

    /// <summary>How often the connection has been leased.</summary>
    public required long UseCount { get; init; }

    /// <summary>Its leases: none, one, or up to <see cref="PoolOptions.MaxLeasesPerConnection"/>.</summary>
    public IReadOnlyList<LeaseSnapshot> Leases { get; init; } = [];

    /// <summary>Whether it shall be replaced, and serves until its successor is there.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether it is above the maximum size (<see cref="WhenExhausted.OpenTransient"/>).</summary>
    public bool IsTransient { get; init; }

    /// <summary>Where it leads, if its connector said so (<see cref="OpenContext.Address"/>); otherwise null.</summary>
    public string? Address { get; init; }

    /// <summary>Who has the lease, if there is one and its holder is anybody in particular; otherwise null.</summary>
    public string? Holder => Leases.Count == 1 ? Leases[0].Holder : null;

    /// <summary>The last error that was met on this connection, in one line; null if there was none.</summary>
    public string? LastError => Describe.Error(LastErrorObject);

    /// <summary>The flight recorder: the slot's last transitions, oldest first, such as <c>"Take → Leased, 0.120 s ago"</c>.</summary>
    public IReadOnlyList<string> History => Array.ConvertAll(Transitions, transition => transition.Describe(TakenAtMs));

    // Kept as they are: a snapshot is taken in a turn, and putting these into words runs users' code.
    internal Exception? LastErrorObject { get; init; }

    internal SlotTransition[] Transitions { get; init; } = [];

    internal long TakenAtMs { get; init; }

    /// <summary>The connection in one line.</summary>
    public override string ToString() =>
        $"connection {ConnectionId}: {State} for {Describe.Seconds(InState)}, age {Describe.Seconds(Age)}, {UseCount} uses"
        + (Leases.Count > 1 ? $", {Leases.Count} leases" : Holder is { } holder ? $", held by {holder}" : "")
        + (IsStale ? ", to be replaced" : "")
        + (IsTransient ? ", transient" : "")
        + (LastError is { } error ? $", last error: {error}" : "");
}

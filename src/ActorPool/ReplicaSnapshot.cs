using System.Diagnostics;

namespace ActorPool;

/// <summary>A member of a replica group at one moment.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record ReplicaSnapshot
{
    internal ReplicaSnapshot()
    {
    }

    /// <summary>Where it is, and what it was called.</summary>
    public required ReplicaEndpoint Endpoint { get; init; }

    /// <summary>What its role probe last said.</summary>
    public required ReplicaRole Role { get; init; }

    /// <summary>How much longer it is ejected; null if it is not.</summary>
    public required TimeSpan? EjectedFor { get; init; }

    /// <summary>How many ejections the length of the next one counts; it forgets one for each time it stays well.</summary>
    public required int Ejections { get; init; }

    /// <summary>Its faults since a lease last went well.</summary>
    public required int FaultsInARow { get; init; }

    /// <summary>Whether it has left the group, because its name no longer leads to its address, and is draining.</summary>
    public required bool IsLeaving { get; init; }

    /// <summary>Its own pool.</summary>
    public required PoolSnapshot Pool { get; init; }

    /// <summary>The member in one line, as errors show it.</summary>
    public override string ToString() =>
        $"{Endpoint}: {Pool.Health}"
        + (Role == ReplicaRole.Unknown ? "" : $", {Role}")
        + (EjectedFor is { } time ? $", ejected for {Diagnostics.Describe.Seconds(time)} after {FaultsInARow} faults in a row" : "")
        + (IsLeaving ? ", leaving" : "")
        + $", {Pool.Leased} leased, {Pool.Idle} idle, {Pool.Opening} opening, max {Pool.MaxSize}"
        + (Pool.LastOpenError is { } error ? $", last open failed: {error}" : "");
}

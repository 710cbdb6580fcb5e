using ActorPool.AkkaNet.Clustering;

namespace ActorPool.AkkaNet;

/// <summary>The answer to a <see cref="UseLease"/> that was not carried out, or of which nobody knows.</summary>
/// <param name="Reason">Why, for programs.</param>
/// <param name="Text">Why, in one line, with what can be done about it. Where a handler threw, its error's own message.</param>
public sealed record UseFailed(UseFailureReason Reason, string Text) : IClusterMessage
{
    /// <summary>Whether the work may have been done all the same, in part or wholly. False: it was never begun, and can be asked for again.</summary>
    public bool MayHaveRun { get; init; }

    /// <summary>Why the pool had no connection for it, with <see cref="UseFailureReason.PoolFailed"/>; otherwise null.</summary>
    public PoolFailureReason? PoolReason { get; init; }

    /// <summary>The address of the node that had it, or that was to have it; null if none was found.</summary>
    public string? Node { get; init; }

    /// <summary>The reason in one line.</summary>
    public override string ToString() => $"use failed ({Reason}{(MayHaveRun ? ", may have run" : "")}): {Text}";
}

using ActorPool.AkkaNet.Clustering;

namespace ActorPool.AkkaNet;

/// <summary>The answer to a <see cref="UseLease"/> that was carried out.</summary>
/// <param name="Result">What the handler has returned.</param>
/// <param name="Node">Where: the node's address.</param>
public sealed record LeaseUsed(object? Result, string Node) : IClusterMessage
{
    /// <summary>Where it was done; not the result.</summary>
    public override string ToString() => $"lease used on {Node}";
}

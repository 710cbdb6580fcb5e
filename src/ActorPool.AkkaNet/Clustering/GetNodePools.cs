namespace ActorPool.AkkaNet.Clustering;

/// <summary>Asks another node for its <see cref="NodePools"/>.</summary>
sealed record GetNodePools : IClusterMessage
{
    public static GetNodePools Instance { get; } = new();
}

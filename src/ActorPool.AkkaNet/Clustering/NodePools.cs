namespace ActorPool.AkkaNet.Clustering;

/// <summary>A node's pools.</summary>
/// <param name="Count">How many it has.</param>
/// <param name="Pools">Those of which it tells.</param>
sealed record NodePools(int Count, IReadOnlyList<NodePoolSnapshot> Pools) : IClusterMessage;

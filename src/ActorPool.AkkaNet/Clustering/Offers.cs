namespace ActorPool.AkkaNet.Clustering;

/// <summary>Told to other nodes, when it has changed and when they ask: everything that a node does for others.</summary>
/// <param name="NodeUid">Which life of the node says so.</param>
/// <param name="Names">What it does.</param>
sealed record Offers(int NodeUid, IReadOnlyList<UseName> Names) : IClusterMessage;

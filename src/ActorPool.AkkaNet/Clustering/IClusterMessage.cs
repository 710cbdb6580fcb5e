namespace ActorPool.AkkaNet.Clustering;

/// <summary>A message that travels between nodes, by <see cref="Messaging.ClusterSerializer"/>.</summary>
interface IClusterMessage;

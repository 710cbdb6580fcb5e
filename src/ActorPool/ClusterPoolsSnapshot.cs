namespace ActorPool;

/// <summary>The pools of a whole cluster, each node's as that node saw them when it was asked.</summary>
/// <param name="Nodes">Every node that is a member and up, in the order of their addresses.</param>
public sealed record ClusterPoolsSnapshot(IReadOnlyList<NodePoolsSnapshot> Nodes);

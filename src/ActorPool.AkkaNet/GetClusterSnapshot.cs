namespace ActorPool.AkkaNet;

/// <summary>
/// Asks <c>/user/actorpool-cluster</c> for the pools of every node that is up; answered by a <see cref="ClusterPoolsSnapshot"/> when all have answered, and at the latest after
/// <c>akka.actorpool.cluster.snapshot.time-limit</c>.
/// </summary>
public sealed record GetClusterSnapshot
{
    /// <summary>The message.</summary>
    public static GetClusterSnapshot Instance { get; } = new();
}

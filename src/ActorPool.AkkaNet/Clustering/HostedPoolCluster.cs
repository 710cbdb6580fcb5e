using Akka.Actor;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>The cluster of a host's actor system, which is found when somebody looks.</summary>
/// <param name="find">Gives the actor system.</param>
sealed class HostedPoolCluster(Func<ActorSystem> find) : IPoolCluster
{
    public Task<ClusterPoolsSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) => ActorPoolCluster.For(find()).SnapshotAsync(cancellationToken);
}

using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>Makes <see cref="ActorPoolCluster"/>: for <c>akka.extensions</c>.</summary>
public sealed class ActorPoolClusterProvider : ExtensionIdProvider<ActorPoolCluster>
{
    /// <inheritdoc/>
    public override ActorPoolCluster CreateExtension(ExtendedActorSystem system) => new(system);
}

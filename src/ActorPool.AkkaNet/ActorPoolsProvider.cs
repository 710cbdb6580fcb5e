using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>Makes <see cref="ActorPools"/>: for <c>akka.extensions</c>.</summary>
public sealed class ActorPoolsProvider : ExtensionIdProvider<ActorPools>
{
    /// <inheritdoc/>
    public override ActorPools CreateExtension(ExtendedActorSystem system) => new(system);
}

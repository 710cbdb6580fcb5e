using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Does nothing but live as long as its parent's present life.</summary>
sealed class HolderActor : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);
}

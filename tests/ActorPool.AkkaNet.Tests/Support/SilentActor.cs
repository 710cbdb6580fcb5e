using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Support;

/// <summary>Answers nothing.</summary>
sealed class SilentActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
    }
}

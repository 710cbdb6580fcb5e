using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Support;

/// <summary>A parent that stops a child that has crashed.</summary>
sealed class Stopping : UntypedActor
{
    readonly IActorRef _child;

    public Stopping(Props child) => _child = Context.ActorOf(child);

    protected override void OnReceive(object message) => _child.Forward(message);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}

using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Support;

/// <summary>An actor that leases and tells of it, and crashes when it is told to.</summary>
sealed class WorkerActor(IActorRef pool, IActorRef listener, bool hasHolder) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case "lease":
                pool.Tell(new AcquireLease(Holder: hasHolder ? Context.LeaseHolder() : null));
                break;
            case "crash":
                throw new InvalidOperationException("told to crash");
            case LeaseGranted<ScriptedConnection> granted:
                listener.Tell(granted.Claim());
                break;
            default:
                listener.Tell(message);
                break;
        }
    }

    public static Props Props(IActorRef pool, IActorRef listener, bool hasHolder) => Akka.Actor.Props.Create(() => new WorkerActor(pool, listener, hasHolder));
}

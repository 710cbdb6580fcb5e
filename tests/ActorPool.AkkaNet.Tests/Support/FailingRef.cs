using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace ActorPool.AkkaNet.Tests.Support;

/// <summary>An actor at which whoever wants to know its name fails.</summary>
#pragma warning disable MA0097 // no reference has such operators
sealed class FailingRef : ActorRefWithCell
#pragma warning restore MA0097
{
    public override ActorPath Path => throw new InvalidOperationException("no path");

    public override ICell Underlying => throw new NotSupportedException();

    public override IEnumerable<IActorRef> Children => [];

    public override IInternalActorRef Parent => ActorRefs.Nobody;

    public override IActorRefProvider Provider => throw new NotSupportedException();

    public override bool IsTerminated => false;

    public override bool IsLocal => true;

    public override IInternalActorRef GetSingleChild(string name) => ActorRefs.Nobody;

    public override IActorRef GetChild(IReadOnlyList<string> name) => ActorRefs.Nobody;

    public override int GetHashCode() => 0;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override void Resume(Exception? causedByFailure = null)
    {
    }

    public override void Start()
    {
    }

    public override void Stop()
    {
    }

    public override void Restart(Exception cause)
    {
    }

    public override void Suspend()
    {
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
    }
}

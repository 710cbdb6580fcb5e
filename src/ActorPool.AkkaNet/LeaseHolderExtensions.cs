using ActorPool.AkkaNet.Endpoints;
using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>Holders of leases that end with one life of an actor.</summary>
public static class LeaseHolderExtensions
{
    const string Name = "lease-holder";

    /// <summary>
    /// A holder for <see cref="AcquireLease.Holder"/> that ends when this actor stops <b>or restarts</b>: a small child of its own. A restarted actor keeps
    /// its reference, so that nobody who watches that learns of it; its children are stopped
    /// (<see cref="ActorBase.PreRestart"/>, unless that is overridden without calling the base).
    /// </summary>
    /// <param name="context">The actor's own, in one of its turns.</param>
    public static IActorRef LeaseHolder(this IActorContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var known = context.Child(Name);
        return known.IsNobody() ? context.ActorOf(Props.Create<HolderActor>(), Name) : known;
    }
}

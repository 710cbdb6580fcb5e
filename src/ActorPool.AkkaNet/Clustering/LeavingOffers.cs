using Akka;
using Akka.Actor;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>The end of a node's offers in the life of its actor system.</summary>
static class LeavingOffers
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// They are withdrawn when services are unbound: what other nodes have begun here ends while the pools are drained, in the phase after that, and what they begin
    /// now goes to others.
    /// </summary>
    public static void Register(ActorSystem system, IActorRef router) => CoordinatedShutdown.Get(system).AddTask(
        CoordinatedShutdown.PhaseServiceUnbind,
        "actorpool-withdraw",
        async () =>
        {
            await router.Ask<Withdrawn>(Withdraw.Instance, Patience).ConfigureAwait(false);
            return Done.Instance;
        });
}

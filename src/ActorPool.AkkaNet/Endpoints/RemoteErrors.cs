using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>What is said to other processes that ask for what only means something in this one.</summary>
static class RemoteErrors
{
    public static Exception Local(string pool, IActorRef sender) => new InvalidOperationException(
        $"Pool '{pool}' answers actors of its own process only, and {sender.Path} is in another one: a lease is a socket. Send the work to where the connection"
        + " is (UseLease).");
}

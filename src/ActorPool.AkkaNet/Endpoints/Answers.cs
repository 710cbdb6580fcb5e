using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Answers in the asker's own terms.</summary>
static class Answers
{
    /// <summary>Whether a message is one that a pool's actor answers, so that somebody may wait.</summary>
    public static bool AreExpectedFor(object message) => message is AcquireLease or PoolCommand or Subscribe or ForPool;

    /// <summary>A request could not be handed to a pool: an acquire is refused, and any other <c>Ask</c> fails, also one from another process.</summary>
    public static void Refuse(IActorRef asker, object? request, Exception failure) =>
        asker.Tell(request is AcquireLease && !HolderWatch.IsRemote(asker) ? new LeaseRefused(failure) : new Status.Failure(failure));
}

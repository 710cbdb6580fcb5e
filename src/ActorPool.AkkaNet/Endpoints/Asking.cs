using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>
/// How long the answer to an <c>Ask</c> is waited for. Not for Akka.NET's <c>ask-timeout</c>, which knows nothing of the limits of these requests: without one of its own nobody
/// would learn of an actor that is gone, and with one he would hear too early, and nothing of why.
/// </summary>
static class Asking
{
    /// <summary>So much longer than its limit: whoever is asked keeps that himself, and answers. Only when he is gone, or has no thread for so long, nobody does.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // What a timer can wait for.
    static readonly TimeSpan LongestLimit = TimeSpan.FromDays(30);

    /// <summary>How long.</summary>
    /// <param name="limit">The request's limit; null if the request says nothing of it. One that makes no sense is refused by whoever is asked.</param>
    public static TimeSpan PatienceFor(TimeSpan? limit) =>
        limit is { } time && time >= TimeSpan.Zero && time < LongestLimit ? time + Grace : Timeout.InfiniteTimeSpan;

    /// <summary>Whether an actor of this process is gone, so that it would never answer.</summary>
    public static bool HasEnded(ICanTell actor) => actor switch
    {
        ActorSelection { Anchor: var anchor } => HasEnded(anchor),
        InternalActorRefBase { IsTerminated: true } => true,
        _ => false,
    };
}

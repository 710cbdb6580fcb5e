namespace ActorPool.AkkaNet;

/// <summary>
/// Has a pool tell the sender of its events, as <see cref="PoolNotice"/>s, until he stops or sends <see cref="Unsubscribe"/>. Answered by
/// <see cref="Subscribed"/>; by <see cref="Akka.Actor.Status.Failure"/> if the sender is no actor, as that of an <c>Ask</c>: send it by <c>Tell</c>. The same notices of all pools are on the system's event stream.
/// </summary>
public sealed record Subscribe : ILocalMessage
{
    /// <summary>The message.</summary>
    public static Subscribe Instance { get; } = new();
}

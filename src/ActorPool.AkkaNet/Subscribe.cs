namespace ActorPool.AkkaNet;

/// <summary>
/// Has a pool tell the sender of its events, as <see cref="PoolNotice"/>s, until he stops or sends <see cref="Unsubscribe"/>. Answered by
/// <see cref="Subscribed"/>. The same notices of all pools are on the system's event stream.
/// </summary>
public sealed record Subscribe : ILocalMessage
{
    /// <summary>The message.</summary>
    public static Subscribe Instance { get; } = new();
}

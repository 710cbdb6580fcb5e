namespace ActorPool.AkkaNet;

/// <summary>Ends what <see cref="Subscribe"/> began, for its sender. Not answered.</summary>
public sealed record Unsubscribe : ILocalMessage
{
    /// <summary>The message.</summary>
    public static Unsubscribe Instance { get; } = new();
}

namespace ActorPool.AkkaNet.Clustering;

/// <summary>The other nodes are told that there are no offers any more.</summary>
sealed record Withdrawn : ILocalMessage
{
    public static Withdrawn Instance { get; } = new();
}

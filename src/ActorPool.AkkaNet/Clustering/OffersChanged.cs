namespace ActorPool.AkkaNet.Clustering;

/// <summary>To the node's own router: its code has registered a handler.</summary>
sealed record OffersChanged : ILocalMessage
{
    public static OffersChanged Instance { get; } = new();
}

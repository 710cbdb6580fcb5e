namespace ActorPool.AkkaNet.Clustering;

/// <summary>Asks another node for its <see cref="Offers"/>.</summary>
sealed record GetOffers : IClusterMessage
{
    public static GetOffers Instance { get; } = new();
}

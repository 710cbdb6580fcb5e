namespace ActorPool.AkkaNet.Clustering;

/// <summary>An order came to a node that does not do such things, or does nothing for others any more. Nothing was begun: another node may be asked.</summary>
/// <param name="Id">Which.</param>
sealed record OrderRefused(long Id) : IClusterMessage;

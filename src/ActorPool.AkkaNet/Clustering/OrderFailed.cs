namespace ActorPool.AkkaNet.Clustering;

/// <summary>An order could not be carried out.</summary>
/// <param name="Id">Which.</param>
/// <param name="Failure">Why.</param>
sealed record OrderFailed(long Id, UseFailed Failure) : IClusterMessage;

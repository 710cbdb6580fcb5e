namespace ActorPool.AkkaNet.Messaging;

/// <summary>A <see cref="Clustering.UseOrder"/> without its payload.</summary>
sealed record OrderHeader(long Id, string Pool, string Handler, TimeSpan Remaining, PayloadHeader Payload);

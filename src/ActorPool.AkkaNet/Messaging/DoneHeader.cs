namespace ActorPool.AkkaNet.Messaging;

/// <summary>An <see cref="Clustering.OrderDone"/> without its result.</summary>
sealed record DoneHeader(long Id, PayloadHeader Payload);

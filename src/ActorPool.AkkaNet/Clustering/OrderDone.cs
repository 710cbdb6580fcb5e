namespace ActorPool.AkkaNet.Clustering;

/// <summary>An order was carried out.</summary>
/// <param name="Id">Which.</param>
/// <param name="Result">What the handler has returned: the user's object within a node, <see cref="Messaging.WirePayload"/> between two.</param>
sealed record OrderDone(long Id, object? Result) : IClusterMessage;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>From the router of the node that was asked to that of the node that shall do it. Answered by <see cref="OrderDone"/>, <see cref="OrderFailed"/> or <see cref="OrderRefused"/>.</summary>
/// <param name="Id">The order's number at the node that gives it; no two are the same.</param>
/// <param name="Pool">The pool's name.</param>
/// <param name="Handler">The handler's name.</param>
/// <param name="Payload">For the handler: the user's object within a node, <see cref="Messaging.WirePayload"/> between two.</param>
/// <param name="Remaining">How long it may take from now on: nodes' clocks differ.</param>
sealed record UseOrder(long Id, string Pool, string Handler, object? Payload, TimeSpan Remaining) : IClusterMessage;

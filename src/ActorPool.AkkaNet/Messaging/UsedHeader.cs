namespace ActorPool.AkkaNet.Messaging;

/// <summary>A <see cref="LeaseUsed"/> without its result.</summary>
sealed record UsedHeader(string Node, PayloadHeader Payload);

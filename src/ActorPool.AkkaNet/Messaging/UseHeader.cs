namespace ActorPool.AkkaNet.Messaging;

/// <summary>A <see cref="UseLease"/> without its payload.</summary>
sealed record UseHeader(string Pool, string Handler, TimeSpan? TimeLimit, string? Role, bool MayBeRepeated, PayloadHeader Payload);

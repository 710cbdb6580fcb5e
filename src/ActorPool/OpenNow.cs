namespace ActorPool;

/// <summary>An endpoint that is failing is tried at once, past its backoff. Done when the attempt has begun.</summary>
public sealed record OpenNow : PoolCommand;

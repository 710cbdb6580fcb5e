namespace ActorPool.AkkaNet;

/// <summary>The answer to <see cref="Subscribe"/>: every event from now on is told.</summary>
/// <param name="Pool">The pool's name.</param>
public sealed record Subscribed(string Pool) : ILocalMessage;

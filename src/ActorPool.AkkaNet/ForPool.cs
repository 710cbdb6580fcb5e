namespace ActorPool.AkkaNet;

/// <summary>Has <c>/user/actorpool</c> hand a message on to one of its pools, which answers the sender.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Message">What the pool's own actor takes, such as an <see cref="AcquireLease"/> or a <see cref="PoolCommand"/>.</param>
/// <param name="Key">Which pool of a directory is meant, <c>host:port/name</c>; null where the pool is no directory.</param>
public sealed record ForPool(string Pool, object Message, string? Key = null) : ILocalMessage;

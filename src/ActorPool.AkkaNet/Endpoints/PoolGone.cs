namespace ActorPool.AkkaNet.Endpoints;

/// <summary>To a directory's actor, from the actor of one of its pools: the pool has closed its last connection, and will open none.</summary>
/// <param name="Pool">The pool.</param>
sealed record PoolGone(IConnectionPool Pool) : ILocalMessage;

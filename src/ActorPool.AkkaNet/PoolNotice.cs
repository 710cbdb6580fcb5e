using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>
/// What a pool's supervisor has seen or decided, on the system's event stream: a connection opened, failed, closed, was replaced; its endpoint
/// became unavailable, healed.
/// </summary>
/// <param name="Event">What has happened.</param>
/// <param name="Path">
/// Whom: the connection's path below the pool's actor, such as <c>/user/actorpool/cache/connection-7</c>, or the path of the pool's actor if no single connection is
/// meant. Connections are actors of the pool's own runtime: the path names them, and no message can be sent to it.
/// </param>
public sealed record PoolNotice(PoolEvent Event, ActorPath Path) : ILocalMessage;

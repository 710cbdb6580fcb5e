using System.Collections.Immutable;
using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Tells a pool's events on the system's event stream, and to those who have asked.</summary>
sealed class Notices : IDisposable
{
    readonly IActorContext _context;
    readonly IActorRef _self;
    readonly ActorSystem _system;
    readonly IDisposable _subscription;
    ImmutableHashSet<IActorRef> _subscribers = [];

    Notices(IActorContext context, IConnectionPool pool)
    {
        _context = context;
        _self = context.Self;
        _system = context.System;
        _subscription = pool.Subscribe(Tell);
    }

    /// <summary>Tells from now on.</summary>
    /// <param name="context">The pool's actor.</param>
    /// <param name="pool">Whose events.</param>
    public static Notices Begin(IActorContext context, IConnectionPool pool) => new(context, pool);

    /// <summary>In the actor's turn: an actor wants to be told.</summary>
    public void Add(IActorRef subscriber)
    {
        _subscribers = _subscribers.Add(subscriber);
        _context.Watch(subscriber);
    }

    /// <summary>In the actor's turn: an actor does not want to be told any more, or has stopped. It is watched on: it may hold leases.</summary>
    public void Remove(IActorRef subscriber) => _subscribers = _subscribers.Remove(subscriber);

    public void Dispose() => _subscription.Dispose();

    // On the pool's dispatcher, one event after the other.
    void Tell(PoolEvent happened)
    {
        var path = ConnectionId(happened) is { } connectionId ? _self.Path / $"connection-{connectionId}" : _self.Path;
        var notice = new PoolNotice(happened, path);
        _system.EventStream.Publish(notice);
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            subscriber.Tell(notice, _self);
        }
    }

    static long? ConnectionId(PoolEvent happened) => happened switch
    {
        ConnectionOpened { ConnectionId: var id } => id,
        ConnectionClosed { ConnectionId: var id } => id,
        ConnectionEndedEarly { ConnectionId: var id } => id,
        OpenFailed { ConnectionId: var id } => id,
        CloseFailed { ConnectionId: var id } => id,
        TransientOpened { ConnectionId: var id } => id,
        LeaseRevoked { ConnectionId: var id } => id,
        LeaseSuspected { ConnectionId: var id } => id,
        LeaseReturnedLate { ConnectionId: var id } => id,
        _ => null,
    };
}

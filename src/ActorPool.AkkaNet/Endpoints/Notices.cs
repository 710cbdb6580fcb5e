using System.Collections.Immutable;
using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Tells a pool's events on the system's event stream, and to those who have asked.</summary>
sealed class Notices : IDisposable
{
    readonly IActorContext _context;
    readonly IActorRef _self;
    readonly ActorSystem _system;
    readonly IConnectionPool _pool;
    readonly IActorRef? _directory;
    readonly IDisposable _subscription;
    ImmutableHashSet<IActorRef> _subscribers = [];

    Notices(IActorContext context, IConnectionPool pool, IActorRef? directory)
    {
        _context = context;
        _self = context.Self;
        _system = context.System;
        _pool = pool;
        _directory = directory;
        _subscription = pool.Subscribe(Tell);
        if (directory is not null && pool.Overview().IsClosed)
        {
            // It may have been closed before anybody listened.
            _ = TellClosedAsync();
        }
    }

    /// <summary>Tells from now on.</summary>
    /// <param name="context">The pool's actor.</param>
    /// <param name="pool">Whose events.</param>
    /// <param name="directory">Who is told, after all others, that the pool is closed; null for nobody.</param>
    public static Notices Begin(IActorContext context, IConnectionPool pool, IActorRef? directory) => new(context, pool, directory);

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

        if (happened is PoolClosed)
        {
            TellClosed();
        }
    }

    void TellClosed() => _directory?.Tell(new PoolGone(_pool), _self);

    async Task TellClosedAsync()
    {
        // One more drain, without a deadline of its own, ends with the one that was begun.
        await _pool.DrainAsync(Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        TellClosed();
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

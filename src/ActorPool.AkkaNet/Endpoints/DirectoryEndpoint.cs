using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>
/// A directory as an actor: hands on what is <see cref="ForPool"/> one of its pools, each of which is an actor from the first message for it until it is closed. A pool that
/// drains lets its leases finish, and has its actor so long, beside that of the pool that has taken its place.
/// </summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
/// <param name="directory">The directory.</param>
/// <param name="claimTimeout">How long a lease that was granted may go unclaimed.</param>
sealed class DirectoryEndpoint<TConnection>(PoolDirectory<TConnection> directory, TimeSpan claimTimeout) : UntypedActor
    where TConnection : class
{
    // By the pool, since one endpoint can be written in several ways, and have several pools of which one is open.
    readonly Dictionary<IConnectionPool, Known> _known = [];
    long _made;

    protected override SupervisorStrategy SupervisorStrategy() => EndpointSupervision.Strategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PoolGone gone:
                Forget(gone.Pool);
                return;
            case Terminated { ActorRef: var stopped }:
                Forget(stopped);
                return;
            case ReleaseLease<TConnection> or MarkFaulty<TConnection>:
            case var _ when Answers.AreExpectedFor(message):
                break;
            default:
                Unhandled(message);
                return;
        }

        // What comes by itself, from the router too, says no key.
        var (key, request) = message is ForPool forPool ? (forPool.Key, forPool.Message) : (null, message);
        try
        {
            HandOn(key, request);
        }
        catch (Exception error)
        {
            Answers.Refuse(Sender, request, error);
        }
    }

    void HandOn(string? key, object request)
    {
        if (HolderWatch.IsRemote(Sender))
        {
            throw RemoteErrors.Local(directory.Name, Sender);
        }

        if (string.IsNullOrWhiteSpace(key))
        {
            throw new InvalidOperationException($"Directory '{directory.Name}' has a pool for every endpoint: say which one (ForPool.Key, \"host:port/name\").");
        }

        switch (request)
        {
            case ReleaseLease<TConnection> release:
                Release(Endpoint.Parse(key), release);
                break;
            case MarkFaulty<TConnection> faulty:
                faulty.Lease.MarkFaulty(faulty.Fault);
                break;
            default:
                ActorOf(key).Forward(request);
                break;
        }
    }

    IActorRef ActorOf(string key)
    {
        var pool = directory.GetPool(key);
        if (!_known.TryGetValue(pool, out var known))
        {
            var self = Self;
            var actor = Context.Watch(Context.ActorOf(
                Props.Create(() => new PoolEndpoint<TConnection>(pool, claimTimeout, self)), $"{ActorNames.Of(key)}-{++_made}"));
            _known.Add(pool, known = new Known(pool, actor, Endpoint.Parse(key)));
        }

        return known.Actor;
    }

    /// <summary>To the pool that has granted it, which may drain by now; none is made for it.</summary>
    void Release(Endpoint endpoint, ReleaseLease<TConnection> release)
    {
        var pools = _known.Values.Where(known => known.Endpoint == endpoint).Select(static known => known.Pool).ToList();
        if (directory.TryGetPool(endpoint, out var open) && !pools.Contains(open))
        {
            pools.Add(open);
        }

        if (!pools.Exists(pool => TryRelease(pool, release)) && release.Lease.IsActive)
        {
            throw new InvalidOperationException(
                $"Directory '{directory.Name}' was given {release.Lease} for endpoint {endpoint}, of which it is not, and has refused it. Return leases by disposing them.");
        }
    }

    static bool TryRelease(IConnectionPool<TConnection> pool, ReleaseLease<TConnection> release)
    {
        try
        {
            pool.Ref.Tell(release);
            return true;
        }
        catch (ForeignLeaseException)
        {
            return false;
        }
    }

    void Forget(IConnectionPool pool)
    {
        if (_known.Remove(pool, out var known))
        {
            // Behind what it was handed before.
            known.Actor.Tell(PoisonPill.Instance);
        }
    }

    void Forget(IActorRef stopped)
    {
        if (_known.Values.FirstOrDefault(known => known.Actor.Equals(stopped)) is { } known)
        {
            _known.Remove(known.Pool);
        }
    }

    sealed record Known(IConnectionPool<TConnection> Pool, IActorRef Actor, Endpoint Endpoint);
}

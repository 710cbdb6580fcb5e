using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>A directory as an actor: hands on what is <see cref="ForPool"/> one of its pools, each of which is an actor once it was asked for.</summary>
/// <typeparam name="TConnection">What is pooled.</typeparam>
/// <param name="directory">The directory.</param>
/// <param name="claimTimeout">How long a lease that was granted may go unclaimed.</param>
sealed class DirectoryEndpoint<TConnection>(PoolDirectory<TConnection> directory, TimeSpan claimTimeout) : UntypedActor
    where TConnection : class
{
    readonly Dictionary<string, (IConnectionPool<TConnection> Pool, IActorRef Actor)> _known = new(StringComparer.Ordinal);
    long _made;

    protected override SupervisorStrategy SupervisorStrategy() => EndpointSupervision.Strategy;

    protected override void OnReceive(object message)
    {
        if (!Answers.AreExpectedFor(message))
        {
            Unhandled(message);
            return;
        }

        // What comes by itself, from the router too, says no key.
        var (key, request) = message is ForPool forPool ? (forPool.Key, forPool.Message) : (null, message);
        try
        {
            ActorOf(key).Forward(request);
        }
        catch (Exception error)
        {
            Answers.Refuse(Sender, request, error);
        }
    }

    IActorRef ActorOf(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new InvalidOperationException($"Directory '{directory.Name}' has a pool for every endpoint: say which one (ForPool.Key, \"host:port/name\").");
        }

        var pool = directory.GetPool(key);
        if (_known.TryGetValue(key, out var known) && known.Pool == pool)
        {
            return known.Actor;
        }

        // The directory closes those that were not used for long, and makes them again.
        if (known.Actor is { } former)
        {
            Context.Stop(former);
        }

        var actor = Context.ActorOf(Props.Create(() => new PoolEndpoint<TConnection>(pool, claimTimeout)), $"{ActorNames.Of(key)}-{++_made}");
        _known[key] = (pool, actor);
        return actor;
    }
}

using ActorPool.AkkaNet.Endpoints;
using ActorPool.Hosting;
using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>
/// The actor <c>/user/actorpool</c>: hands each <see cref="ForPool"/> to the actor of that pool, <c>/user/actorpool/&lt;name&gt;</c>, which may as well be told by
/// its path. Also the key to it: <c>IRequiredActor&lt;PoolRouter&gt;</c>.
/// </summary>
public sealed class PoolRouter : UntypedActor
{
    /// <summary>The actor's name below <c>/user</c>.</summary>
    public const string Name = "actorpool";

    readonly ActorPools _pools;
    readonly Dictionary<string, IActorRef> _endpoints = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Made by <see cref="ActorPools"/>.</summary>
    /// <param name="pools">The pools.</param>
    public PoolRouter(ActorPools pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        _pools = pools;
        foreach (var pool in pools.Sources.All)
        {
            if (EndpointProps.For(pool, pools.Options.ClaimTimeout) is { } props)
            {
                _endpoints.Add(pool.Name, Context.ActorOf(props, ActorNames.Of(pool.Name)));
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not ForPool forPool)
        {
            RefuseOrIgnore(message);
            return;
        }

        // Whatever is wrong with a message is for its sender alone: a router that restarts stops the actors of all pools, and with them go all leases by message.
        try
        {
            Route(forPool);
        }
        catch (Exception error)
        {
            Answers.Refuse(Sender, forPool.Message, error);
        }
    }

    void RefuseOrIgnore(object message)
    {
        if (Answers.AreExpectedFor(message))
        {
            Answers.Refuse(Sender, message, new InvalidOperationException($"{message.GetType().Name} says no pool: send it as ForPool(pool, message)."));
        }
        else
        {
            Unhandled(message);
        }
    }

    void Route(ForPool forPool)
    {
        if (ProblemOf(forPool) is { } problem)
        {
            Answers.Refuse(Sender, forPool.Message, new InvalidOperationException($"A ForPool makes no sense: {problem}."));
        }
        else if (_endpoints.TryGetValue(forPool.Pool, out var endpoint))
        {
            endpoint.Forward(forPool.Key is null ? forPool.Message : forPool);
        }
        else
        {
            Answers.Refuse(Sender, forPool.Message, WhyNot(forPool.Pool));
        }
    }

    static string? ProblemOf(ForPool forPool) =>
        string.IsNullOrWhiteSpace(forPool.Pool) ? "Pool is empty"
        : forPool.Message is null ? $"there is no Message for pool '{forPool.Pool}'"
        : null;

    PoolNotFoundException WhyNot(string name) => _pools.Sources.Find(name) is { } silent
        ? new PoolNotFoundException($"Pool '{silent.Name}' does not answer messages: nobody leases its connections by himself, they are behind a {silent.Service.GetType().Name}.")
        : _pools.Sources.NotFound(name);
}

using ActorPool.Hosting.Pools;
using Akka.Actor;

namespace ActorPool.AkkaNet.Endpoints;

/// <summary>Which actor speaks for which kind of pool.</summary>
static class EndpointProps
{
    /// <summary>Null for what nobody leases from by himself, such as the pools behind an HTTP handler.</summary>
    public static Props? For(HostedPool pool, TimeSpan claimTimeout)
    {
        if (pool.Service.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(PoolDirectory<>))
        {
            return Make(typeof(DirectoryEndpoint<>), type.GetGenericArguments()[0], pool.Service, claimTimeout);
        }

        return pool is HostedEndpoint { Parts: [var endpoint] } && ConnectionTypeOf(endpoint) is { } connection
            ? Make(typeof(PoolEndpoint<>), connection, endpoint, claimTimeout)
            : null;
    }

    static Type? ConnectionTypeOf(IConnectionPool pool) => pool.GetType().GetInterfaces()
        .FirstOrDefault(static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConnectionPool<>))
        ?.GetGenericArguments()[0];

    static Props Make(Type actor, Type connection, object pool, TimeSpan claimTimeout) =>
        Props.Create(actor.MakeGenericType(connection), pool, claimTimeout);
}

using ActorPool;
using ActorPool.AkkaNet;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection.Extensions;

#pragma warning disable IDE0130 // where users of dependency injection look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>The nodes of an Akka.NET cluster in an application.</summary>
public static class ActorPoolClusterServiceCollectionExtensions
{
    /// <summary>
    /// Adds the cluster of the application's actor system (<c>AddAkka</c> with <c>WithActorPoolCluster</c>) as <see cref="IPoolCluster"/>, so that the dashboard shows every node
    /// and its pools. The actor system is not made before it is asked.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddActorPoolCluster(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IPoolCluster>(static provider => new ActorPool.AkkaNet.Clustering.HostedPoolCluster(provider.GetRequiredService<ActorSystem>));
        return services;
    }
}

using ActorPool.AkkaNet.Configuration;
using Akka.Hosting;

namespace ActorPool.AkkaNet;

/// <summary>Pools in a cluster of actor systems that hosts run.</summary>
public static class ActorPoolClusterHostingExtensions
{
    /// <summary>
    /// Adds what one node cannot do: <c>/user/actorpool-cluster</c>, also as <c>IRequiredActor&lt;ClusterRouter&gt;</c>, which routes <see cref="UseLease"/> to a node that can, and
    /// answers <see cref="GetClusterSnapshot"/>. Every node needs it, and <c>WithRemoting</c> and <c>WithClustering</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options, and says what this node does for others; null leaves everything to the configuration.</param>
    public static AkkaConfigurationBuilder WithActorPoolCluster(this AkkaConfigurationBuilder builder, Action<PoolClusterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new PoolClusterOptions();
        configure?.Invoke(options);
        options.AddTo(builder);
        return builder
            .AddHocon(AkkaReference.Config, HoconAddMode.Append)
            .AddStartup((system, registry) =>
            {
                var cluster = ActorPoolCluster.For(system);
                options.Register(ActorPools.For(system));
                registry.TryRegister<ClusterRouter>(cluster.Router);
            });
    }
}

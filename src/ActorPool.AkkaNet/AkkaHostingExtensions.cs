using ActorPool.AkkaNet.Configuration;
using ActorPool.Hosting;
using Akka.Hosting;

namespace ActorPool.AkkaNet;

/// <summary>Pools in an actor system that a host runs.</summary>
public static class AkkaHostingExtensions
{
    /// <summary>
    /// Has the actor system serve pools by message: <c>/user/actorpool</c>, also as <c>IRequiredActor&lt;PoolRouter&gt;</c>. They are those of
    /// <c>services.AddActorPool(…)</c>, which are injected everywhere; those of the system's own HOCON (<c>actorpool { pools { … } }</c>); and those that are added here, for
    /// actors alone. They are drained in the phase <c>service-requests-done</c> of the coordinated shutdown, before services stop.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Adds pools for actors alone, which log through Akka.NET; null for none.</param>
    public static AkkaConfigurationBuilder WithActorPool(this AkkaConfigurationBuilder builder, Action<PoolsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
        {
            builder.AddSetup(new ActorPoolSetup(configure));
        }

        return builder
            .AddHocon(AkkaReference.Config, HoconAddMode.Append)
            .AddStartup(static (system, registry) => registry.TryRegister<PoolRouter>(ActorPools.For(system).Router));
    }
}

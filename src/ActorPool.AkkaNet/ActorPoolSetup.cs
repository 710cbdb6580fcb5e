using ActorPool.Hosting;
using Akka.Actor.Setup;

namespace ActorPool.AkkaNet;

/// <summary>
/// Pools that code adds to an actor system:
/// <c>ActorSystem.Create("shop", BootstrapSetup.Create().And(new ActorPoolSetup(pools => pools.AddTcp("echo", "localhost", 7))))</c>. With Akka.Hosting:
/// <see cref="AkkaHostingExtensions.WithActorPool"/>.
/// </summary>
public sealed class ActorPoolSetup : Setup
{
    /// <summary>Adds pools.</summary>
    /// <param name="configure">Says which, and what goes for all; called once, when the pools are made.</param>
    public ActorPoolSetup(Action<PoolsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Configure = configure;
    }

    internal Action<PoolsBuilder> Configure { get; }
}

using ActorPool.Hosting;
using ActorPool.Hosting.Pools;
using ActorPool.Hosting.Running;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Running;

/// <summary>
/// Where the pools of an actor system come from: the application's services (<c>services.AddActorPool</c>), its own configuration and code
/// (<c>akka.WithActorPool(pools => …)</c>), or both.
/// </summary>
/// <param name="containers">Each with pools in it.</param>
sealed class PoolSources(IReadOnlyList<IServiceProvider> containers)
{
    readonly IReadOnlyList<PoolRegistry> _registries = [.. containers.Select(static container => container.GetRequiredService<PoolRegistry>())];

    /// <summary>Those of an actor system.</summary>
    /// <param name="system">The system.</param>
    /// <param name="own">The services of its own; null if it has none.</param>
    /// <exception cref="InvalidOperationException">Two pools have one name.</exception>
    public static PoolSources Of(ActorSystem system, IServiceProvider? own)
    {
        var host = OwnContainer.HostOf(system);
        var pools = new PoolSources([.. new[] { host?.GetService<PoolRegistry>() is null ? null : host, own }.OfType<IServiceProvider>()]);
        return pools.All.GroupBy(static pool => pool.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static same => same.Count() > 1) is { Key: var name }
            ? throw new InvalidOperationException(
                $"There are two pools named '{name}': one of services.AddActorPool, and one of the actor system's own (actorpool.pools, WithActorPool). Give one another name.")
            : pools;
    }

    /// <summary>All pools, made now if they were not.</summary>
    public IReadOnlyList<HostedPool> All => [.. _registries.SelectMany(static registry => registry.All)];

    /// <summary>The one of a name.</summary>
    /// <exception cref="PoolNotFoundException">There is none.</exception>
    public HostedPool Get(string name) => Find(name) ?? throw NotFound(name);

    /// <summary>The one of a name; null if there is none.</summary>
    public HostedPool? Find(string name) => _registries.Select(registry => registry.Find(name)).FirstOrDefault(static found => found is not null);

    /// <summary>What is to be said to one who asks for what there is not.</summary>
    public PoolNotFoundException NotFound(string name) => _registries is [.., var last]
        ? last.NotFound(name, serviceType: null)
        : new PoolNotFoundException($"There is no pool named '{name}': none are configured (actorpool {{ pools {{ … }} }}, WithActorPool, services.AddActorPool).");

    /// <summary>Closes all pools in good order, and leaves their budgets; leases are cut when the token is cancelled.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(containers
        .SelectMany(static container => container.GetServices<IHostedService>())
        .OfType<PoolsService>()
        .Select(service => EndAsync(service, cancellationToken)));

    static async Task EndAsync(PoolsService service, CancellationToken cancellationToken)
    {
        await service.StoppingAsync(cancellationToken).ConfigureAwait(false);
        await service.StoppedAsync(cancellationToken).ConfigureAwait(false);
    }
}

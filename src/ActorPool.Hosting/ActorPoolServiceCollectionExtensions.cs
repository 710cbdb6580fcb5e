using System.Diagnostics.Metrics;
using ActorPool;
using ActorPool.Hosting;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Health;
using ActorPool.Hosting.Pools;
using ActorPool.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // where users of dependency injection look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>ActorPool in an application.</summary>
public static class ActorPoolServiceCollectionExtensions
{
    /// <summary>
    /// Adds pools that are described in code. The host makes and warms them at start, reports their health as the check
    /// <c>actorpool</c> (tag <c>ready</c>), and drains them when everything else has stopped. They log where the application does.
    /// May be called several times.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Says which pools there are.</param>
    /// <exception cref="ArgumentException">Two pools have one name, or an argument makes no sense.</exception>
    public static IServiceCollection AddActorPool(this IServiceCollection services, Action<PoolsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        configure(new PoolsBuilder(services, TableOf(services)));
        return services;
    }

    /// <summary>
    /// <see cref="AddActorPool(IServiceCollection, Action{PoolsBuilder})"/> of the pools that the configuration describes, in HOCON, in
    /// <c>appsettings.json</c> or wherever it is: see <c>hocon/reference.conf</c> for what it may say. What it says is checked when the
    /// host starts: all problems are told together, each with file, line and the nearest right key. Changes of the options of
    /// running pools are taken over when the configuration is reloaded, and no lease is dropped for it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Such as <c>builder.Configuration.GetSection("actorpool")</c>.</param>
    /// <param name="configure">Says what code has to add: pools, connectors, defaults; null for nothing.</param>
    /// <exception cref="ArgumentException">Two pools have one name, or an argument makes no sense.</exception>
    /// <exception cref="InvalidOperationException">The pools are configured elsewhere already.</exception>
    public static IServiceCollection AddActorPool(
        this IServiceCollection services, IConfigurationSection configuration, Action<PoolsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var table = TableOf(services);
        if (table.Section is { } other)
        {
            throw new InvalidOperationException($"Pools are configured by '{other.Path}' already; '{configuration.Path}' cannot be added to it.");
        }

        table.Section = configuration;
        var pools = new PoolsBuilder(services, table);
        configure?.Invoke(pools);
        pools.AddConfigured();
        return services;
    }

    internal static PoolTable TableOf(IServiceCollection services)
    {
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(PoolTable))?.ImplementationInstance is PoolTable known)
        {
            return known;
        }

        var table = new PoolTable();
        services.AddSingleton(table);
        services.TryAddSingleton(static provider => new PoolRuntime
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
            LoggerFactory = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            MeterFactory = provider.GetService<IMeterFactory>(),
        });
        services.AddSingleton<PoolBudgets>();
        services.AddSingleton<PoolRegistry>();
        services.AddSingleton<WarmUps>();
        services.AddSingleton<PoolReload>();
        services.AddSingleton<IHostedService, PoolsService>();
        services.AddSingleton<IOptionsFactory<PoolOptions>, PoolOptionsFactory>();
        services.AddSingleton<IValidateOptions<PoolOptions>, PoolOptionsValidation>();
        services.AddSingleton<IConfigureOptions<ActorPoolOptions>, HostingSection>();
        services.AddSingleton<IValidateOptions<ActorPoolOptions>, WholeValidation>();
        services.AddOptions<ActorPoolOptions>().ValidateOnStart();
        services.AddHealthChecks().AddActorPool();
        return table;
    }
}

using System.Diagnostics.Metrics;
using ActorPool.AkkaNet.Configuration;
using ActorPool.AkkaNet.Logging;
using Akka.Actor;
using Akka.Configuration.Hocon;
using Akka.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceProvider = Microsoft.Extensions.DependencyInjection.ServiceProvider;

namespace ActorPool.AkkaNet.Running;

/// <summary>The services behind the pools that an actor system has of its own.</summary>
static class OwnContainer
{
    const string Section = "actorpool";

    /// <summary>Makes them; null if neither the system's configuration nor its code has pools.</summary>
    public static ServiceProvider? Make(ExtendedActorSystem system)
    {
        var configured = system.Settings.Config.GetValue(Section);
        var setup = system.Settings.Setup.Get<ActorPoolSetup>();
        if (configured is null && !setup.HasValue)
        {
            return null;
        }

        var services = new ServiceCollection();
        AddSurroundings(services, system);
        if (configured is null)
        {
            services.AddActorPool(setup.Value.Configure);
        }
        else
        {
            services.AddActorPool(Read(configured), setup.HasValue ? setup.Value.Configure : null);
        }

        services.AddActorPoolBudget(static budgets => budgets.AddAkkaEngine());
        var provider = services.BuildServiceProvider();
        Start(provider);
        return provider;
    }

    /// <summary>Clock and meters are the application's if it has any; logs go where Akka.NET's go.</summary>
    static void AddSurroundings(ServiceCollection services, ExtendedActorSystem system)
    {
        services.AddSingleton<ActorSystem>(system);
        services.AddSingleton<ILoggerFactory>(new AkkaLoggerFactory(system));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        if (HostOf(system) is { } host)
        {
            if (host.GetService<TimeProvider>() is { } time)
            {
                services.AddSingleton(time);
            }

            if (host.GetService<IMeterFactory>() is { } meters)
            {
                services.AddSingleton(meters);
            }
        }
    }

    /// <summary>The application's services; null if there is no host.</summary>
    public static IServiceProvider? HostOf(ActorSystem system) =>
        system.Settings.Setup.Get<DependencyResolverSetup>() is { HasValue: true, Value.DependencyResolver: ServiceProviderDependencyResolver resolver }
            ? resolver.ServiceProvider
            : null;

    static IConfigurationSection Read(HoconValue configured) => new ConfigurationBuilder()
        .AddInMemoryCollection(HoconPairs.Of(Section, configured))
        .Build()
        .GetSection(Section);

    /// <summary>As a host does it: everything is checked before anything begins.</summary>
    static void Start(ServiceProvider provider)
    {
        provider.GetService<IStartupValidator>()?.Validate();
        foreach (var service in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            // Waits only if the configuration says so (hosting.start-wait).
            service.StartingAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}

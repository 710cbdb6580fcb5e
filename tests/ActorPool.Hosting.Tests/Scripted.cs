using ActorPool.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.Hosting.Tests;

/// <summary>What tests of hosted pools share: a host without defaults, on virtual time if wanted, and HOCON that can be changed.</summary>
static class Scripted
{
    /// <summary>A host that logs nowhere and reads no files.</summary>
    public static HostApplicationBuilder Builder(VirtualRuntime? world = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (world is not null)
        {
            builder.Services.AddSingleton(world.Runtime);
        }

        return builder;
    }

    /// <summary>HOCON as configuration.</summary>
    public static IConfigurationSection Section(string hocon) =>
        new ConfigurationBuilder().AddHoconString(hocon).Build().GetSection("actorpool");

    public static IConnectionPool<ScriptedConnection> Pool(IServiceProvider services, string name) =>
        services.GetRequiredKeyedService<IConnectionPool<ScriptedConnection>>(name);
}

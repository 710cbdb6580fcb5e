using ActorPool.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorPool.Hosting.Tests.Pools;

/// <summary>Where a pool's options come from, what goes before what, and what is said at start when they cannot be used.</summary>
public sealed class OptionsTests
{
    [Fact]
    public void The_particular_goes_before_the_general_and_the_configuration_before_code()
    {
        var builder = Scripted.Builder();
        builder.Services.AddActorPool(
            Scripted.Section("actorpool { max-size = 20, max-waiters = 20, drain-timeout = 20s, pools { cache { max-size = 40 } } }"),
            pools => pools
                .ConfigureAll(options => (options.MaxSize, options.MaxWaiters, options.DrainTimeout, options.MinSize) = (10, 10, TimeSpan.FromSeconds(10), 1))
                .Add("cache", _ => ScriptedConnection.Connector(), options => (options.MaxSize, options.MaxWaiters) = (30, 30)));
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptionsMonitor<PoolOptions>>().Get("cache");

        Assert.Equal(1, options.MinSize);
        Assert.Equal(TimeSpan.FromSeconds(20), options.DrainTimeout);
        Assert.Equal(30, options.MaxWaiters);
        Assert.Equal(40, options.MaxSize);
        Assert.Equal("cache", options.Name);
        Assert.Equal(40, Scripted.Pool(host.Services, "cache").Snapshot().MaxSize);
    }

    [Fact]
    public void An_applications_own_Configure_comes_last()
    {
        var builder = Scripted.Builder();
        builder.Services.AddActorPool(pools => pools.Add("cache", _ => ScriptedConnection.Connector(), options => options.MaxSize = 3));
        builder.Services.Configure<PoolOptions>("cache", options => options.MaxSize++);
        using var host = builder.Build();

        Assert.Equal(4, Scripted.Pool(host.Services, "cache").Snapshot().MaxSize);
    }

    [Fact]
    public async Task A_host_with_options_that_cannot_be_used_does_not_start_and_says_all_that_is_wrong()
    {
        var builder = Scripted.Builder();
        builder.Configuration.AddHoconString(
            """
            actorpool {
              pools {
                cache { max-sise = 8, tcp { host = localhost, port = 1 } }
                orders { acquire-timeout = 15 parsecs, tcp { host = localhost, port = 1 } }
              }
            }
            """);
        builder.Services.AddActorPool(
            builder.Configuration.GetSection("actorpool"),
            pools => pools.Add("code", _ => ScriptedConnection.Connector(), options => options.MaxSize = 0));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<PoolConfigurationException>(() => host.StartAsync());

        Assert.Collection(
            error.Message.Split(Environment.NewLine),
            line => Assert.Equal("The configuration of pools cannot be used:", line),
            line => Assert.EndsWith(":2:3: actorpool:pools:code:max-size is 0, must be 1 to 1000000", line, StringComparison.Ordinal),
            line => Assert.EndsWith(":3:13: actorpool:pools:cache:max-sise is no option of a pool; did you mean max-size?", line, StringComparison.Ordinal),
            line => Assert.Contains(":4:14: actorpool:pools:orders:acquire-timeout is \"15 parsecs\": a time such as 15s", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_host_does_is_configured_too()
    {
        var builder = Scripted.Builder();
        builder.Services.AddActorPool(
            Scripted.Section("actorpool { hosting { warm-up = false, start-wait = 3s }, min-size = 2 }"),
            pools => pools.Add("cache", _ => ScriptedConnection.Connector()));
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<ActorPoolOptions>>().Value;

        Assert.False(options.WarmUp);
        Assert.Equal(TimeSpan.FromSeconds(3), options.StartWait);
        Assert.True(options.Reload);
        await host.StartAsync();
        await host.StopAsync();
    }
}

using ActorPool.TestKit;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Tests;

/// <summary>Pools in an actor system that a host runs.</summary>
public sealed class HostingTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Pools_of_the_application_are_served_by_message_and_injected()
    {
        using var host = await StartAsync(
            services => services.AddActorPool(pools => pools.Add("cache", _ => ScriptedConnection.Connector())),
            akka => akka.WithActorPool());

        var router = host.Services.GetRequiredService<IRequiredActor<PoolRouter>>().ActorRef;
        var granted = await router.Ask<LeaseGranted<ScriptedConnection>>(new ForPool("cache", default(AcquireLease)), Patience);

        var injected = host.Services.GetRequiredKeyedService<IConnectionPool<ScriptedConnection>>("cache");
        Assert.Equal(1, injected.Overview().Leased);
        Assert.Same(injected, ActorPools.For(host.Services.GetRequiredService<ActorSystem>()).Get<ScriptedConnection>("cache"));
        granted.Claim().Dispose();
        await host.StopAsync();
        Assert.True(injected.Overview().IsClosed);
    }

    [Fact]
    public async Task Pools_for_actors_alone_and_those_of_the_application_are_one_router_s()
    {
        using var host = await StartAsync(
            services => services.AddActorPool(pools => pools.Add("cache", _ => ScriptedConnection.Connector())),
            akka => akka
                .AddHocon("actorpool.pools.echo { tcp { host = localhost, port = 7 } }", HoconAddMode.Prepend)
                .WithActorPool(pools => pools.Add("mail", _ => ScriptedConnection.Connector())));

        var pools = ActorPools.For(host.Services.GetRequiredService<ActorSystem>());

        Assert.Equal(["cache", "mail", "echo"], pools.Names);
        using var lease = await pools.Endpoint("mail").AskLeaseAsync<ScriptedConnection>(new AcquireLease(Patience));
        Assert.True(lease.IsActive);
    }

    [Fact]
    public async Task Two_pools_of_one_name_are_told_at_start()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(
            services => services.AddActorPool(pools => pools.Add("cache", _ => ScriptedConnection.Connector())),
            akka => akka.WithActorPool(pools => pools.Add("Cache", _ => ScriptedConnection.Connector()))));

        Assert.Contains("two pools named 'cache'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coordinated_shutdown_drains_before_services_stop_and_waits_for_leases()
    {
        var connector = ScriptedConnection.Connector();
        using var host = await StartAsync(_ => { }, akka => akka.WithActorPool(pools => pools.Add("cache", _ => connector)));
        var system = host.Services.GetRequiredService<ActorSystem>();
        var pool = ActorPools.For(system).Get<ScriptedConnection>("cache");
        var lease = await pool.AcquireAsync();
        var isDrainedAtServiceStop = false;
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "look", () =>
        {
            isDrainedAtServiceStop = connector.Open.Count == 0 && pool.Overview().IsClosed;
            return Task.FromResult(Akka.Done.Instance);
        });
        using var closing = pool.Subscribe(happened =>
        {
            if (happened is PoolDraining)
            {
                lease.Dispose();
            }
        });

        await host.StopAsync();

        Assert.True(isDrainedAtServiceStop);
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(connector.Closed).Reason);
        Assert.Equal(0, pool.Snapshot().Revoked);
    }

    [Fact]
    public async Task Leases_that_do_not_come_back_are_cut_when_the_phase_is_over()
    {
        using var host = await StartAsync(
            _ => { },
            akka => akka
                .AddHocon("akka.coordinated-shutdown.phases.service-requests-done.timeout = 700ms", HoconAddMode.Prepend)
                .WithActorPool(pools => pools.Add("cache", _ => ScriptedConnection.Connector())));
        var pool = ActorPools.For(host.Services.GetRequiredService<ActorSystem>()).Get<ScriptedConnection>("cache");
        var lease = await pool.AcquireAsync();

        await host.StopAsync();

        Assert.Equal(CloseReason.PoolClosed, Assert.Throws<LeaseRevokedException>(() => lease.Connection).Why);
    }

    static async Task<IHost> StartAsync(Action<IServiceCollection> services, Action<AkkaConfigurationBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        services(builder.Services);
        builder.Services.AddAkka("test", (akka, _) => configure(akka.AddHocon("akka.loglevel = WARNING", HoconAddMode.Append)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}

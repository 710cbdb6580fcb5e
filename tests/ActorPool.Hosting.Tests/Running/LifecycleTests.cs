using ActorPool.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Tests.Running;

/// <summary>Pools in the life of a host: warm before it is ready, drained after all others have stopped.</summary>
public sealed class LifecycleTests : IDisposable
{
    readonly VirtualRuntime _world = new();
    readonly ScriptedConnector<ScriptedConnection> _connector = ScriptedConnection.Connector();

    IHost? _host;

    // Pools are drained on virtual time: who only waited for them would wait for ever.
    public void Dispose()
    {
        if (_host is IAsyncDisposable host)
        {
            _world.Await(host.DisposeAsync);
        }
    }

    [Fact]
    public void The_host_is_ready_when_its_pools_are_warm()
    {
        _connector.Opens.Always(StepPlan.After(TimeSpan.FromSeconds(2)));
        var host = Build(options => options.MinSize = 3);

        _world.Await(() => host.StartAsync());
        Assert.Equal((HealthStatus.Unhealthy, "pool 'cache' is warming up"), Health(host));
        _world.Advance(TimeSpan.FromSeconds(2));
        _world.RunUntil(() => Health(host).Status == HealthStatus.Healthy);

        Assert.Equal(3, Scripted.Pool(host.Services, "cache").Snapshot().Idle);
        Stop(host);
    }

    [Fact]
    public void A_pool_whose_server_is_away_at_start_is_ready_when_that_comes()
    {
        _connector.Opens.Always(StepPlan.Fail(new IOException("nobody there")));
        var host = Build(options => (options.MinSize, options.UnavailableAfter) = (1, TimeSpan.Zero));

        _world.Await(() => host.StartAsync());
        _world.RunUntil(() => Health(host).Text.Contains("nobody there", StringComparison.Ordinal));
        Assert.Equal(HealthStatus.Unhealthy, Health(host).Status);
        _connector.Opens.Always(StepPlan.Succeed);
        _world.RunUntil(() => Health(host).Status == HealthStatus.Healthy, TimeSpan.FromMinutes(1));

        Stop(host);
    }

    [Fact]
    public void A_configuration_without_pools_is_said_with_the_key_that_may_have_been_meant()
    {
        using var log = new KeptLog();
        var said = log.Next(812);
        var builder = Scripted.Builder(_world);
        builder.Logging.AddProvider(log);
        builder.Configuration.AddHoconString("actor-pool { pools { cache { tcp { host = localhost, port = 1 } } } }");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        _host = builder.Build();

        _world.Await(() => _host.StartAsync());

        Assert.True(said.IsCompleted);
        Assert.Equal(
            "There are no pools: the configuration has nothing under actorpool:pools, and code adds none. Was actor-pool meant (text:1:1)?",
            said.Result);
        Stop(_host);
    }

    [Fact]
    public void The_start_waits_for_the_warm_up_if_it_is_told_to()
    {
        _connector.Opens.Always(StepPlan.After(TimeSpan.FromSeconds(2)));
        var host = Build(
            options => options.MinSize = 1, services => services.Configure<ActorPoolOptions>(options => options.StartWait = Timeout.InfiniteTimeSpan));

        _world.Await(() => host.StartAsync(), TimeSpan.FromSeconds(2));

        Assert.Equal(1, Scripted.Pool(host.Services, "cache").Snapshot().Idle);
        Stop(host);
    }

    [Fact]
    public void Pools_are_leased_from_until_the_last_service_has_stopped_and_then_drained()
    {
        var host = Build(configure: null, services => services.AddHostedService<LastWish>());
        _world.Await(() => host.StartAsync());

        Stop(host);

        Assert.True(host.Services.GetServices<IHostedService>().OfType<LastWish>().Single().WasGranted);
        Assert.Equal(CloseReason.PoolClosed, Assert.Single(_connector.Closed).Reason);
        Assert.Empty(host.Services.GetRequiredService<PoolRuntime>().Pools);
    }

    [Fact]
    public void While_the_application_stops_it_is_not_ready()
    {
        var host = Build();
        _world.Await(() => host.StartAsync());
        Assert.Equal(HealthStatus.Healthy, Health(host).Status);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal((HealthStatus.Unhealthy, "the application is stopping"), Health(host));
        Stop(host);
    }

    [Fact]
    public void When_the_hosts_patience_is_over_leases_are_cut()
    {
        var host = Build(options => options.DrainTimeout = TimeSpan.FromHours(1));
        _world.Await(() => host.StartAsync());
        var lease = _world.Await(() => Scripted.Pool(host.Services, "cache").AcquireAsync());
        using var impatience = new CancellationTokenSource();

        var stop = _world.Start(() => host.StopAsync(impatience.Token));
        _world.RunUntil(() => Scripted.Pool(host.Services, "cache").Snapshot().IsClosed);
        Assert.True(lease.IsActive);
        _world.ThreadPatience = TimeSpan.FromSeconds(30); // who waits for a token goes on elsewhere
        impatience.Cancel();
        _world.Await(Ended(stop));

        Assert.False(lease.IsActive);
    }

    static async Task Ended(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // the host says that its patience was over
        }
    }

    IHost Build(Action<PoolOptions>? configure = null, Action<IServiceCollection>? services = null)
    {
        var builder = Scripted.Builder(_world);
        builder.Services.AddActorPool(pools => pools.Add("cache", _ => _connector, configure));
        services?.Invoke(builder.Services);
        return _host = builder.Build();
    }

    static (HealthStatus Status, string Text) Health(IHost host)
    {
        var report = host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().GetAwaiter().GetResult();
        return (report.Status, report.Entries["actorpool"].Description ?? "");
    }

    void Stop(IHost host) => _world.Await(() => host.StopAsync());

    /// <summary>Uses a pool when it is told to stop.</summary>
    sealed class LastWish([FromKeyedServices("cache")] IConnectionPool<ScriptedConnection> pool) : IHostedService
    {
        public bool WasGranted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await using var lease = await pool.AcquireAsync(cancellationToken);
            WasGranted = lease.IsActive;
        }
    }
}

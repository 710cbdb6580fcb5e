using ActorPool.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ActorPool.Hosting.Tests.Health;

/// <summary>Health checks say what the pools know, with the numbers, as soon as they know it.</summary>
public sealed class HealthTests : IDisposable
{
    static readonly TimeSpan Keepalive = TimeSpan.FromSeconds(60);

    readonly VirtualRuntime _world = new();
    readonly ScriptedConnector<ScriptedConnection> _connector = ScriptedConnection.Connector();
    IHost? _host;

    public void Dispose()
    {
        if (_host is { } host)
        {
            _world.Await(() => host.StopAsync());
            _world.Await(((IAsyncDisposable)host).DisposeAsync);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_flips_within_a_keepalive_interval_of_the_servers_going_away_and_coming_back(int minSize)
    {
        Start(pools => pools.Add("db", _ => _connector, options => (options.MinSize, options.KeepaliveInterval) = (minSize, Keepalive)));
        _world.Await(() => Scripted.Pool(_host!.Services, "db").AcquireAsync()).Dispose();
        _world.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(HealthStatus.Healthy, Check().Status);

        var failed = new IOException("connection refused");
        _connector.Opens.Always(StepPlan.Fail(failed));
        _connector.Probes.Always(StepPlan.Fail(failed));
        _world.RunUntil(() => Check().Status != HealthStatus.Healthy, Keepalive);

        _connector.Opens.Always(StepPlan.Succeed);
        _connector.Probes.Always(StepPlan.Succeed);
        _world.RunUntil(() => Check().Status == HealthStatus.Healthy, Keepalive);
    }

    [Fact]
    public void Failing_is_degraded_and_unavailable_unhealthy_with_the_numbers_and_the_last_error()
    {
        _connector.Opens.Always(StepPlan.Fail(new IOException("connection refused")));
        Start(pools => pools.Add("db", _ => _connector, options => (options.MinSize, options.UnavailableAfter) = (1, TimeSpan.FromSeconds(15))));

        _world.Advance(TimeSpan.FromSeconds(1));
        var degraded = Check();
        Assert.Equal(HealthStatus.Unhealthy, degraded.Status);
        Assert.Contains("warming up", degraded.Description, StringComparison.Ordinal);
        _world.RunUntil(() => !Check().Description!.Contains("warming up", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        var unhealthy = Check();
        Assert.Equal(HealthStatus.Unhealthy, unhealthy.Status);
        Assert.Matches(@"^pool 'db' \(Unavailable\): 0 leased, .* failures in a row, next attempt in .* s, last error: .*connection refused", unhealthy.Description);
        Assert.Contains("max 16", (string)unhealthy.Data["db"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_paused_pool_is_degraded()
    {
        Start(pools => pools.Add("db", _ => _connector));
        _ = Scripted.Pool(_host!.Services, "db").PauseAsync();
        _world.Run();

        Assert.Equal(HealthStatus.Degraded, Check().Status);
    }

    [Fact]
    public void One_tenant_in_trouble_degrades_a_directory_and_all_make_it_unhealthy()
    {
        var broken = ScriptedConnection.Connector();
        broken.Opens.Always(StepPlan.Fail(new IOException("connection refused")));
        Start(pools => pools.AddDirectory(
            "tenants",
            (_, endpoint) => endpoint.Host == "a" ? _connector : broken,
            options => (options.Pool.MinSize, options.Pool.UnavailableAfter) = (1, TimeSpan.Zero)));
        var directory = _host!.Services.GetRequiredKeyedService<PoolDirectory<ScriptedConnection>>("tenants");
        Assert.Equal(HealthStatus.Healthy, Check().Status);
        directory.GetPool("b:1");
        _world.Run();
        Assert.Equal(HealthStatus.Unhealthy, Check().Status);

        directory.GetPool("a:1");
        _world.Run();

        Assert.Equal(HealthStatus.Degraded, Check().Status);
        Assert.Contains("tenants@b:1", Check().Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_that_the_application_can_do_without_has_a_check_of_its_own()
    {
        _connector.Opens.Always(StepPlan.Fail(new IOException("connection refused")));
        Start(
            pools => pools.Add("cache", _ => _connector, options => (options.MinSize, options.UnavailableAfter) = (1, TimeSpan.Zero)),
            services => services.AddHealthChecks().AddActorPool("cache", HealthStatus.Degraded, ["extra"]));
        _world.RunUntil(() => !Check().Description!.Contains("warming up", StringComparison.Ordinal), TimeSpan.FromMinutes(1));

        Assert.Equal(HealthStatus.Unhealthy, Check().Status);
        Assert.Equal(HealthStatus.Degraded, Check("actorpool:cache").Status);
    }

    void Start(Action<PoolsBuilder> pools, Action<IServiceCollection>? services = null)
    {
        var builder = Scripted.Builder(_world);
        builder.Services.AddActorPool(pools);
        services?.Invoke(builder.Services);
        _host = builder.Build();
        _world.Await(() => _host.StartAsync());
        _world.Run();
    }

    HealthReportEntry Check(string name = "actorpool") =>
        _host!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().GetAwaiter().GetResult().Entries[name];
}

using ActorPool.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Tests.Budgeting;

/// <summary>Budgets over many machines in the life of a host: made with their pools, watched, and left when the pools are drained.</summary>
public sealed class BudgetedHostTests : IDisposable
{
    readonly VirtualRuntime _world = new();
    readonly ScriptedConnector<ScriptedConnection> _connector = ScriptedConnection.Connector();
    IHost? _host;

    public void Dispose()
    {
        if (_host is IAsyncDisposable host)
        {
            _world.Await(host.DisposeAsync);
        }
    }

    [Fact]
    public void Pools_that_name_one_budget_share_it_and_it_is_made_once()
    {
        var catalog = Start("""pools { orders { budget = shop }, customers { budget = shop }, free { } }""");

        var budget = Assert.Single(catalog.Made);
        Assert.Equal("shop", budget.Name);
        Assert.Equal([budget], _world.Runtime.ClusterBudgets);
        Assert.True(catalog.Checks > 0);
        Assert.Equal(0, Scripted.Pool(_host!.Services, "orders").Snapshot().Granted);
        Assert.Null(Scripted.Pool(_host!.Services, "free").Snapshot().Granted);
    }

    [Fact]
    public void Nothing_is_made_while_the_configuration_is_looked_at()
    {
        var builder = Scripted.Builder(_world);
        var catalog = ScriptedCatalog.AddTo(builder.Services);
        builder.Configuration.AddHoconString("actorpool.pools { orders { budget = shop, tcp { host = a, port = 7 }, max-sise = 3 } }");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        _host = builder.Build();

        var error = Assert.Throws<PoolConfigurationException>(() => _world.Await(() => _host.StartAsync()));

        Assert.EndsWith("actorpool:pools:orders:max-sise is no option of a pool; did you mean max-size?", error.Message, StringComparison.Ordinal);
        Assert.Empty(catalog.Made);
    }

    [Fact]
    public void The_pools_are_drained_first_and_then_the_budget_is_left()
    {
        var catalog = Start("""pools { orders { budget = shop, min-size = 2 } }""");
        Assert.Null(catalog.Made[0].LeftWith);

        _world.Await(() => _host!.StopAsync());

        Assert.Equal(2, _connector.Closed.Count);
        Assert.Equal(0, catalog.Made[0].LeftWith);
    }

    [Fact]
    public void A_container_without_a_host_leaves_the_budget_too_after_its_pools()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_world.Runtime);
        var catalog = ScriptedCatalog.AddTo(services);
        services.AddActorPool(Scripted.Section("actorpool.pools { orders { budget = shop } }"), pools => pools.Add("orders", _ => _connector));
        var provider = services.BuildServiceProvider();
        var pool = Scripted.Pool(provider, "orders");
        _world.Await(() => pool.AcquireAsync()).Dispose();

        _world.Await(provider.DisposeAsync);

        Assert.Single(_connector.Closed);
        Assert.Equal(0, catalog.Made[0].LeftWith);
    }

    [Fact]
    public void A_container_without_logging_makes_and_leaves_budgets_too()
    {
        var services = new ServiceCollection().AddSingleton(_world.Runtime);
        var catalog = ScriptedCatalog.AddTo(services, clientName: "shop/web-1");
        services.AddActorPool(Scripted.Section("actorpool.pools { orders { budget = shop } }"), pools => pools.Add("orders", _ => _connector));
        var provider = services.BuildServiceProvider();
        _world.Await(() => Scripted.Pool(provider, "orders").AcquireAsync()).Dispose();

        _world.Await(provider.DisposeAsync);

        Assert.Equal(0, Assert.Single(catalog.Made).LeftWith);
    }

    [Theory]
    [InlineData("pools { orders { budget = shop }, customers { budget = shop } }", "actorpool:pools:customers:budget")]
    [InlineData("pools { orders { budget { connections = 200 } } }", "actorpool:pools:orders:budget")]
    [InlineData("budgets { shop { connections = 200 } }, pools { orders { budget = shop } }", "actorpool:budgets")]
    public void Without_AddActorPoolBudget_a_named_budget_is_refused_in_one_line_that_says_what_to_call(string configuration, string key)
    {
        var builder = Scripted.Builder(_world);
        builder.Configuration.AddHoconString($"actorpool {{ {configuration} }}");
        builder.Services.AddActorPool(
            builder.Configuration.GetSection("actorpool"),
            pools => pools.Add("orders", _ => _connector).Services.AddActorPool(more => more.Add("customers", _ => _connector)));
        _host = builder.Build();

        var error = Assert.Throws<PoolConfigurationException>(() => _world.Await(() => _host.StartAsync()));

        Assert.Matches(
            $@"^text:1:\d+: {key} is for budgets over many machines, which this application does not know: "
            + @"call services\.AddActorPoolBudget\(\) of the package ActorPool\.Budgets$",
            error.Message);
    }

    [Fact]
    public void A_container_without_a_host_does_not_make_a_pool_without_its_budget()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(_world.Runtime);
        services.AddActorPool(Scripted.Section("actorpool.pools { orders { budget = shop } }"), pools => pools.Add("orders", _ => _connector));
        using var provider = services.BuildServiceProvider();

        Assert.Throws<PoolConfigurationException>(() => Scripted.Pool(provider, "orders"));
    }

    [Fact]
    public void The_defaults_of_budgets_alone_need_nobody_who_knows_them()
    {
        var builder = Scripted.Builder(_world);
        builder.Configuration.AddHoconString("actorpool { budget { connections = 200 }, budgets { }, pools { orders { budget = null } } }");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"), pools => pools.Add("orders", _ => _connector));
        _host = builder.Build();

        _world.Await(() => _host.StartAsync());

        Assert.Null(Scripted.Pool(_host.Services, "orders").Snapshot().Granted);
    }

    [Fact]
    public void A_reload_keeps_the_pool_in_its_budget_and_says_that_another_needs_a_restart()
    {
        using var log = new KeptLog();
        var said = log.Next(808);
        var source = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["actorpool:pools:orders:budget"] = "shop" };
        var catalog = Start(source, log);
        source["actorpool:pools:orders:max-size"] = "3";
        source["actorpool:pools:orders:budget"] = "other";

        Reload(source);
        _world.RunUntil(() => said.IsCompleted && Scripted.Pool(_host!.Services, "orders").Snapshot().MaxSize == 3);

        Assert.Equal("Pool 'orders': what has changed of its connector or its budget takes effect after a restart.", said.Result);
        Assert.Single(catalog.Made);
        Assert.Equal([catalog.Made[0]], _world.Runtime.ClusterBudgets);
    }

    [Theory]
    [InlineData(ClusterBudgetState.Active, false, HealthStatus.Healthy, "2 of 2 healthy")]
    [InlineData(ClusterBudgetState.Active, true, HealthStatus.Degraded, "budget 'shop' is being reconciled, since its engine may have lost writes: nothing is granted meanwhile, holds 12, wants 15, uses 9 of 200")]
    [InlineData(ClusterBudgetState.Late, false, HealthStatus.Degraded, "budget 'shop' is late, last renewed 3.5 s ago, 6.5 s until its deadline, holds 12, wants 15, uses 9 of 200; the engine: no route to db.internal")]
    [InlineData(ClusterBudgetState.Joining, false, HealthStatus.Degraded, "budget 'shop' is being joined and may open nothing yet, last renewed 3.5 s ago, holds 12, wants 15, uses 9 of 200; the engine: no route to db.internal")]
    [InlineData(ClusterBudgetState.CutOff, false, HealthStatus.Unhealthy, "budget 'shop' is cut off and may open nothing, last renewed 3.5 s ago, holds 12, wants 15, uses 9 of 200; the engine: no route to db.internal")]
    [InlineData(ClusterBudgetState.Closed, false, HealthStatus.Unhealthy, "budget 'shop' has been left, holds 12, wants 15, uses 9 of 200; the engine: no route to db.internal")]
    public void Its_health_is_told_with_that_of_its_pools(ClusterBudgetState state, bool isReconciling, HealthStatus status, string text)
    {
        var catalog = Start("pools { orders { budget = shop } }");
        catalog.Made[0].Now = catalog.Made[0].Now with
        {
            State = state,
            IsReconciling = isReconciling,
            LastError = state == ClusterBudgetState.Active ? null : "no route to db.internal",
        };

        var entry = Check();

        Assert.Equal((status, text), (entry.Status, entry.Description));
        Assert.StartsWith("budget 'shop', node 'web-1'", (string)entry.Data["budget:shop"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_is_cut_off_and_has_a_floor_is_degraded()
    {
        var catalog = Start("pools { orders { budget = shop } }");
        catalog.Made[0].Now = catalog.Made[0].Now with { State = ClusterBudgetState.CutOff, OfflineFloor = 2, RenewedAgo = null };

        var entry = Check();

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("budget 'shop' is cut off and lives on its floor of 2, never renewed", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_of_one_pool_has_the_budget_of_that_pool_and_no_other()
    {
        var catalog = Start("pools { orders { budget = shop }, free { } }", services => services.AddHealthChecks().AddActorPool("orders").AddActorPool("free"));
        catalog.Made[0].Now = catalog.Made[0].Now with { State = ClusterBudgetState.CutOff };

        Assert.Equal(HealthStatus.Unhealthy, Check("actorpool:orders").Status);
        Assert.Equal(HealthStatus.Healthy, Check("actorpool:free").Status);
    }

    ScriptedCatalog Start(string hocon, Action<IServiceCollection>? more = null)
    {
        var builder = Scripted.Builder(_world);
        var catalog = ScriptedCatalog.AddTo(builder.Services);
        builder.Configuration.AddHoconString($"actorpool {{ {hocon} }}");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"), pools =>
        {
            foreach (var pool in builder.Configuration.GetSection("actorpool:pools").GetChildren())
            {
                pools.Add(pool.Key, _ => _connector);
            }
        });
        more?.Invoke(builder.Services);
        _host = builder.Build();
        _world.Await(() => _host.StartAsync());
        _world.Run();
        return catalog;
    }

    ScriptedCatalog Start(Dictionary<string, string?> source, KeptLog log)
    {
        var builder = Scripted.Builder(_world);
        var catalog = ScriptedCatalog.AddTo(builder.Services);
        builder.Configuration.AddInMemoryCollection(source);
        builder.Logging.AddProvider(log);
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"), pools => pools.Add("orders", _ => _connector));
        _host = builder.Build();
        _world.Await(() => _host.StartAsync());
        _world.Run();
        return catalog;
    }

    void Reload(Dictionary<string, string?> source)
    {
        var configuration = (IConfigurationRoot)_host!.Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in source)
        {
            configuration[key] = value;
        }

        configuration.Reload();
    }

    HealthReportEntry Check(string name = "actorpool") =>
        _host!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().GetAwaiter().GetResult().Entries[name];
}

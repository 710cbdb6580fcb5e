using ActorPool.Redis;
using ActorPool.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.Hosting.Tests;

/// <summary>Pools as services: found by name, by type where there is one, and told apart.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task A_pool_is_found_by_its_name_and_has_it()
    {
        using var host = Build(pools => pools.Add("cache", _ => ScriptedConnection.Connector(), options => options.MaxSize = 3));

        var pool = Scripted.Pool(host.Services, "cache");

        Assert.Equal("cache", pool.Name);
        Assert.Equal(3, pool.Snapshot().MaxSize);
        Assert.Same(pool, Scripted.Pool(host.Services, "cache"));
        await using var lease = await pool.AcquireAsync();
        Assert.Equal([pool], host.Services.GetRequiredService<PoolRuntime>().Pools);
    }

    [Fact]
    public void The_only_pool_of_its_type_is_found_without_a_name()
    {
        using var host = Build(pools =>
        {
            pools.Add("cache", _ => ScriptedConnection.Connector());
            pools.AddRedis("redis", "redis://127.0.0.1:1");
        });

        Assert.Equal("cache", host.Services.GetRequiredService<IConnectionPool<ScriptedConnection>>().Name);
        Assert.Equal("redis", host.Services.GetRequiredService<IConnectionPool<RedisConnection>>().Name);
    }

    [Fact]
    public void Of_several_pools_of_a_type_none_is_taken_without_a_name()
    {
        using var host = Build(pools =>
        {
            pools.Add("one", _ => ScriptedConnection.Connector());
            pools.Add("two", _ => ScriptedConnection.Connector());
        });

        var error = Assert.Throws<PoolNotFoundException>(() => host.Services.GetRequiredService<IConnectionPool<ScriptedConnection>>());

        Assert.Equal(
            "There is no single pool that could be meant by IConnectionPool<ScriptedConnection> without a key: "
            + "name one with [FromKeyedServices]. The pools are one, two.",
            error.Message);
    }

    [Fact]
    public void Who_asks_for_a_pool_that_there_is_not_is_told_the_nearest()
    {
        using var host = Build(pools => pools.Add("orders", _ => ScriptedConnection.Connector()));

        var error = Assert.Throws<PoolNotFoundException>(() => Scripted.Pool(host.Services, "oders"));

        Assert.Equal("There is no pool named 'oders'; did you mean 'orders'? The pools are orders.", error.Message);
    }

    [Fact]
    public void Who_asks_for_a_configured_pool_that_there_is_not_is_told_where_pools_are_written()
    {
        var builder = Scripted.Builder();
        builder.Configuration.AddHoconString("actorpool {\n  pools { orders { tcp { host = 127.0.0.1, port = 1 } } }\n}");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        using var host = builder.Build();

        var error = Assert.Throws<PoolNotFoundException>(() => host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("oders"));

        Assert.Matches(@"^There is no pool named 'oders'; did you mean 'orders'\? The pools are orders \(.*2:3\)\.$", error.Message);
    }

    [Fact]
    public void Who_asks_for_a_pool_of_another_type_is_told_of_which_it_is()
    {
        using var host = Build(pools =>
        {
            pools.Add("cache", _ => ScriptedConnection.Connector());
            pools.AddTcp("echo", "127.0.0.1", 1);
        });

        var error = Assert.Throws<PoolNotFoundException>(() => host.Services.GetRequiredKeyedService<IConnectionPool<Stream>>("cache"));

        Assert.Equal(
            "Pool 'cache' is no IConnectionPool<Stream>: ask for IConnectionPool<ScriptedConnection> under this key.", error.Message);
    }

    [Fact]
    public void Two_pools_cannot_have_one_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Build(pools =>
        {
            pools.Add("cache", _ => ScriptedConnection.Connector());
            pools.AddTcp("Cache", "127.0.0.1", 1);
        }));

        Assert.StartsWith("A pool named 'Cache' has been added already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_typed_client_is_given_the_pool_that_it_was_added_to()
    {
        using var host = Build(pools =>
        {
            pools.Add("one", _ => ScriptedConnection.Connector()).AddTypedClient<Client>();
            pools.Add("two", _ => ScriptedConnection.Connector());
        });

        var client = host.Services.GetRequiredService<Client>();

        Assert.Same(Scripted.Pool(host.Services, "one"), client.Pool);
        Assert.NotSame(client, host.Services.GetRequiredService<Client>());
    }

    [Fact]
    public void A_group_is_a_pool_and_a_directory_is_found_by_its_own_type()
    {
        using var host = Build(pools =>
        {
            pools.AddReplicas("replicas", [new("a", 1), new("b", 1)], (_, _) => ScriptedConnection.Connector()).Configure(options => options.MaxSize = 2);
            pools.AddDirectory("tenants", (_, _) => ScriptedConnection.Connector(), options => options.Pool.MaxSize = 5);
        });

        var group = Scripted.Pool(host.Services, "replicas");
        var directory = host.Services.GetRequiredKeyedService<PoolDirectory<ScriptedConnection>>("tenants");

        Assert.Equal(4, group.Snapshot().MaxSize);
        Assert.Equal("tenants", directory.Name);
        Assert.Equal(5, directory.GetPool("t:1").Snapshot().MaxSize);
    }

    [Fact]
    public async Task A_source_that_is_added_later_has_its_say_about_a_pool_but_can_bring_no_new_one()
    {
        await using var server = Servers.EchoServer.Start();
        var builder = Scripted.Builder();
        builder.Configuration.AddHoconString("actorpool.pools { echo { tcp { host = nowhere.invalid, port = 1 } } }");
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        builder.Configuration.AddHoconString($"actorpool.pools {{ echo {{ tcp {{ host = 127.0.0.1, port = {server.Port} }} }} }}");
        using (var host = builder.Build())
        {
            await using var lease = await host.Services.GetRequiredService<IConnectionPool<Stream>>().AcquireAsync();
            Assert.True(lease.IsActive);
        }

        builder = Scripted.Builder();
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"));
        builder.Configuration.AddHoconString("actorpool.pools { late { tcp { host = 127.0.0.1, port = 1 } } }");
        using var other = builder.Build();
        var error = await Assert.ThrowsAsync<PoolConfigurationException>(() => other.StartAsync());
        Assert.Contains("actorpool:pools:late was not in the configuration yet when AddActorPool was called", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_ends_without_a_host_closes_the_pools_that_were_made()
    {
        var services = new ServiceCollection().AddLogging();
        var connector = ScriptedConnection.Connector();
        services.AddActorPool(pools => pools.Add("cache", _ => connector));
        await using (var provider = services.BuildServiceProvider())
        {
            (await Scripted.Pool(provider, "cache").AcquireAsync()).Dispose();
        }

        Assert.Equal(CloseReason.PoolClosed, Assert.Single(connector.Closed).Reason);
    }

    [Fact]
    public void Services_can_be_described_in_several_places()
    {
        var builder = Scripted.Builder();
        builder.Services.AddActorPool(pools => pools.Add("one", _ => ScriptedConnection.Connector()));
        builder.Services.AddActorPool(Scripted.Section("actorpool { max-size = 7 }"), pools => pools.Add("two", _ => ScriptedConnection.Connector()));
        using var host = builder.Build();

        Assert.Equal(7, Scripted.Pool(host.Services, "one").Snapshot().MaxSize);
        Assert.Equal(7, Scripted.Pool(host.Services, "two").Snapshot().MaxSize);
        var error = Assert.Throws<InvalidOperationException>(() => builder.Services.AddActorPool(Scripted.Section("actorpool {}")));
        Assert.Contains("already", error.Message, StringComparison.Ordinal);
    }

    static IHost Build(Action<PoolsBuilder> configure)
    {
        var builder = Scripted.Builder();
        builder.Services.AddActorPool(configure);
        return builder.Build();
    }

    sealed class Client(IConnectionPool<ScriptedConnection> pool)
    {
        public IConnectionPool<ScriptedConnection> Pool => pool;
    }
}

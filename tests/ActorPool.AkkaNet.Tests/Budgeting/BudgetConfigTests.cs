using ActorPool.Budgets;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What a system must say to keep budgets, and how it is told what it does not.</summary>
public sealed class BudgetConfigTests
{
    [Fact]
    public void What_no_one_says_is_as_the_options_have_it_by_default()
    {
        var (read, made) = (AkkaGrantStoreOptions.From(AkkaGrantStore.DefaultConfig()), new AkkaGrantStoreOptions());
        foreach (var option in typeof(AkkaGrantStoreOptions).GetProperties())
        {
            Assert.Equal(option.GetValue(made), option.GetValue(read));
        }
    }

    [Fact]
    public void All_keys_are_read()
    {
        var options = AkkaGrantStoreOptions.From(
            "akka.actorpool.cluster { role = book, quorum-size = 3, write-timeout = 2s, request-timeout = 5s, require-downing = off }");
        Assert.Equal(
            ("book", 3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), false),
            (options.Role, options.QuorumSize, options.WriteTimeout, options.RequestTimeout, options.RequireDowning));
    }

    [Fact]
    public async Task Options_that_make_no_sense_are_refused_all_at_once()
    {
        await using var cluster = new TestCluster(1);
        using var system = cluster.Create("akka.actorpool.cluster { quorum-size = 51, write-timeout = 0s, request-timeout = 10m }");
        var error = Assert.Throws<ArgumentException>(() => new AkkaGrantStore(system));
        foreach (var named in new[] { "quorum-size is 51", "write-timeout is 00:00:00", "request-timeout is 00:10:00" })
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Assert.Contains("quorum-size is not set", Assert.Throws<ArgumentException>(() => new AkkaGrantStore(system, new AkkaGrantStoreOptions())).Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    [Fact]
    public void What_cannot_be_read_is_told_by_its_key_all_at_once_and_with_what_is_out_of_range()
    {
        var error = Assert.Throws<ArgumentException>(() => AkkaGrantStoreOptions.From(
            "akka.actorpool.cluster { quorum-size = two, write-timeout = \"1 parsec\", request-timeout = 10m, require-downing = yes }"));

        foreach (var named in new[]
        {
            "akka.actorpool.cluster.quorum-size is 'two': a whole number is expected",
            "akka.actorpool.cluster.write-timeout is '1 parsec': a time is expected, such as 1s",
            "request-timeout is 00:10:00: 1 s to 5 min is expected",
            "akka.actorpool.cluster.require-downing is 'yes': on or off is expected",
        })
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("is not set", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akka.cluster.downing-provider-class = \"\"", "require-downing")]
    [InlineData("akka.cluster { roles = [book], distributed-data.role = book }", "distributed-data.role is 'book'")]
    public async Task A_system_that_lacks_something_is_refused_at_start(string settings, string named)
    {
        await using var cluster = new TestCluster(1);
        using var system = cluster.Create(settings);
        Assert.Contains(named, Assert.Throws<InvalidOperationException>(() => new AkkaGrantStore(system)).Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    [Fact]
    public async Task Who_downs_members_by_hand_says_so()
    {
        await using var cluster = new TestCluster(1);
        using var system = cluster.Create("akka { cluster.downing-provider-class = \"\", actorpool.cluster.require-downing = off }");
        AkkaGrantStore.Keep(system);
        await system.Terminate();
    }

    [Fact]
    public async Task A_system_without_a_cluster_or_without_the_serializers_is_refused_at_start()
    {
        using var local = ActorSystem.Create("local", AkkaGrantStore.DefaultConfig());
        Assert.Contains("akka.actor.provider", Refused(local), StringComparison.Ordinal);
        using var bare = ActorSystem.Create("bare", "akka { actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");
        Assert.Contains("DefaultConfig", Refused(bare), StringComparison.Ordinal);
        await local.Terminate();
        await bare.Terminate();
    }

    [Fact]
    public async Task All_stores_of_a_system_have_the_same_options()
    {
        await using var cluster = new TestCluster(1);
        using var system = cluster.Create();
        await using var store = new AkkaGrantStore(system);
        await using var same = new AkkaGrantStore(system, new AkkaGrantStoreOptions { QuorumSize = 1 });
        Assert.Contains("quorum-size 1", Assert.Throws<ArgumentException>(() => new AkkaGrantStore(system, new AkkaGrantStoreOptions { QuorumSize = 2 })).Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    [Fact]
    public async Task The_engine_of_a_budget_may_be_akka_and_its_options_stand_in_the_systems_configuration()
    {
        await using var cluster = await TestCluster.StartAsync(members: 1, quorumSize: 1);
        await using (var services = Services(cluster.Systems[0], []))
        {
            var budget = services.GetRequiredKeyedService<ClusterBudget>("orders");
            await budget.WaitUntilJoinedAsync(CancellationToken.None).WaitAsync(TestCluster.Patience);
        }

        await using var wrong = Services(cluster.Systems[0], [new("actorpool:budgets:orders:akka:quorum-size", "1")]);
        var error = Assert.Throws<InvalidOperationException>(() => wrong.GetRequiredKeyedService<ClusterBudget>("orders"));
        Assert.Contains("akka.actorpool.cluster.quorum-size", error.Message, StringComparison.Ordinal);
    }

    static string Refused(ActorSystem system) =>
        Assert.Throws<InvalidOperationException>(() => new AkkaGrantStore(system, new AkkaGrantStoreOptions { QuorumSize = 1 })).Message;

    static ServiceProvider Services(ActorSystem system, KeyValuePair<string, string?>[] more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("actorpool:budgets:orders:connections", "10"),
            new("actorpool:budgets:orders:engine", "akka"),
            new("actorpool:pools:orders:tcp:host", "127.0.0.1"),
            new("actorpool:pools:orders:tcp:port", "1"),
            new("actorpool:pools:orders:budget", "orders"),
            .. more,
        ]).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(system)
            .AddActorPool(configuration.GetSection("actorpool"))
            .AddActorPoolBudget(budgets => budgets.AddAkkaEngine())
            .BuildServiceProvider();
    }
}

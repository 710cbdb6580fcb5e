using ActorPool.TestKit;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>The cluster of pools in a host, and where it cannot begin.</summary>
public sealed class ClusterHostingTests
{
    [Fact]
    public async Task A_host_has_the_router_the_handlers_and_the_picture_for_the_dashboard()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorPool(pools => pools.Add("orders", _ => ScriptedConnection.Connector()));
        builder.Services.AddActorPoolCluster();
        builder.Services.AddAkka("shop", akka => akka
            .AddHocon(ClusterNodes.Settings, HoconAddMode.Append)
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = ["db"] })
            .WithActorPool()
            .WithActorPoolCluster(cluster =>
            {
                cluster.UseTimeLimit = TimeSpan.FromSeconds(7);
                cluster.HandleUse<ScriptedConnection, string, string>("orders", "greet", (_, payload, _) => new($"{payload} from the host"));
            }));
        using var host = builder.Build();
        await host.StartAsync();

        var router = await host.Services.GetRequiredService<IRequiredActor<ClusterRouter>>().GetAsync();
        var used = await router.Ask<LeaseUsed>(new UseLease("orders", "greet", "hello"), ClusterNodes.Patience);
        var snapshot = await host.Services.GetRequiredService<IPoolCluster>().SnapshotAsync();

        Assert.Equal("hello from the host", used.Result);
        Assert.Equal("/user/actorpool-cluster", router.Path.ToStringWithoutAddress());
        var node = Assert.Single(snapshot.Nodes);
        Assert.Equal((true, "db", "orders"), (node.IsThis, Assert.Single(node.Roles), Assert.Single(node.Pools).Name));
        var system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal(TimeSpan.FromSeconds(7), system.Settings.Config.GetTimeSpan("akka.actorpool.cluster.use.time-limit"));
        Assert.Equal(TimeSpan.FromMilliseconds(300), system.Settings.Config.GetTimeSpan("akka.actorpool.cluster.snapshot.time-limit"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Without_a_cluster_it_says_what_is_missing()
    {
        var system = ActorSystem.Create("alone");

        var error = Assert.Throws<InvalidOperationException>(() => ActorPoolCluster.For(system));

        Assert.Contains("akka.actor.provider = cluster", error.Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    [Fact]
    public async Task Limits_out_of_range_are_told_all_at_once()
    {
        await using var nodes = new ClusterNodes();
        var system = nodes.Add("web", isSilent: true, settings: "akka.actorpool.cluster { use.time-limit = 2d, snapshot.time-limit = 1ms }");

        var error = Assert.Throws<ArgumentException>(() => ActorPoolCluster.For(system));

        Assert.Contains("akka.actorpool.cluster.use.time-limit is 2.00:00:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("akka.actorpool.cluster.snapshot.time-limit is 00:00:00.0010000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_cannot_be_read_are_told_by_their_keys_all_at_once()
    {
        await using var nodes = new ClusterNodes();
        var system = nodes.Add("web", isSilent: true, settings: "akka.actorpool.cluster { use.time-limit = \"2 parsecs\", snapshot.time-limit = soon }");

        var error = Assert.Throws<ArgumentException>(() => ActorPoolCluster.For(system));

        Assert.Contains("akka.actorpool.cluster.use.time-limit is '2 parsecs': a time of 1 ms to 1 day is expected, such as 30s", error.Message, StringComparison.Ordinal);
        Assert.Contains("akka.actorpool.cluster.snapshot.time-limit is 'soon': a time of 10 ms to 1 min is expected, such as 2s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_needs_a_pool_of_its_kind()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db");
        var pools = ActorPools.For(database);

        Assert.Throws<Hosting.PoolNotFoundException>(() => pools.HandleUse<ScriptedConnection, string, string>("customers", "greet", (_, payload, _) => new(payload)));
        Assert.Throws<InvalidOperationException>(() => pools.HandleUse<Stream, string, string>("orders", "greet", (_, payload, _) => new(payload)));
    }
}

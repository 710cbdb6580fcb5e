using System.Text.Json;
using ActorPool.Dashboard.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Dashboard.Tests.Live;

/// <summary>What the stream tells of the nodes of a cluster, and when.</summary>
public sealed class ClusterStreamTests
{
    [Fact]
    public async Task Every_node_is_told_with_its_pools_and_again_only_when_something_has_changed()
    {
        var cluster = new ScriptedCluster();
        await using var host = await StartAsync(cluster);
        using var events = await EventReader.OpenAsync(host.Client);

        var nodes = Nodes(await events.PictureAsync(static picture => Nodes(picture) is not null))!;

        Assert.Equal(["akka.tcp://shop@10.0.0.1:4053", "akka.tcp://shop@10.0.0.2:4053", "akka.tcp://shop@10.0.0.3:4053"], nodes.Select(static node => Text(node, "address")));
        Assert.Equal((true, "healthy", 3, 8), (nodes[0].GetProperty("isThis").GetBoolean(), Text(nodes[0], "health"), Number(nodes[0], "leased"), Number(nodes[0], "max")));
        Assert.Equal(["db", "web"], nodes[0].GetProperty("roles").EnumerateArray().Select(static role => role.GetString()));
        Assert.Equal(("unavailable", 2, 5), (Text(nodes[1], "health"), Number(nodes[1], "poolCount"), Number(nodes[1], "waiting")));
        var pool = nodes[1].GetProperty("pools")[0];
        Assert.Equal(("customers", "unavailable", "open", "IOException: connection refused"), (Text(pool, "name"), Text(pool, "health"), Text(pool, "mode"), Text(pool, "error")));
        Assert.Equal("no answer within 2 s", Text(nodes[2], "silence"));

        Assert.Null(Nodes(await events.PictureAsync()));
        cluster.Now = new ClusterPoolsSnapshot([cluster.Now.Nodes[0], cluster.Now.Nodes[1]]);
        var after = Nodes(await events.PictureAsync(static picture => Nodes(picture) is not null))!;

        Assert.Equal(2, after.Count);
    }

    [Fact]
    public async Task A_cluster_that_is_slow_holds_up_no_picture_and_is_not_asked_twice_at_once()
    {
        var answered = new TaskCompletionSource();
        var cluster = new ScriptedCluster { Before = answered.Task };
        await using var host = await StartAsync(cluster);
        using var events = await EventReader.OpenAsync(host.Client);
        for (var picture = 0; picture < 12; picture++)
        {
            Assert.Null(Nodes(await events.PictureAsync()));
        }

        Assert.Equal(1, cluster.Asked);
        answered.SetResult();

        Assert.Equal(3, Nodes(await events.PictureAsync(static picture => Nodes(picture) is not null))!.Count);
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_looked_at_says_so_in_one_row_and_once_in_the_log()
    {
        var cluster = new ScriptedCluster { Error = new InvalidOperationException("no") };
        await using var host = await StartAsync(cluster);
        host.AddPool("orders");
        using var events = await EventReader.OpenAsync(host.Client);

        var only = Assert.Single(Nodes(await events.PictureAsync(static picture => Nodes(picture) is not null))!);
        Assert.Equal("The nodes could not be shown (InvalidOperationException); the log says more.", Text(only, "silence"));
        cluster.Error = null;

        Assert.Equal(3, Nodes(await events.PictureAsync(static picture => Nodes(picture) is { Count: > 1 }))!.Count);
        Assert.Single(host.Log.Lines, static line => line.Contains("nodes of the cluster could not be shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_very_many_nodes_and_pools_those_are_told_that_are_in_trouble()
    {
        var pools = Enumerable.Range(0, 30).Select(static number => ScriptedCluster.Pool($"pool-{number:00}", 0, 1)).ToList();
        pools[29] = pools[29] with { IsPaused = true };
        var cluster = new ScriptedCluster
        {
            Now = new ClusterPoolsSnapshot([.. Enumerable.Range(0, 500).Select(number =>
                new NodePoolsSnapshot($"node-{number:000}", [], number == 400, pools.Count, pools, number == 450 ? "no answer" : null))]),
        };
        await using var host = await StartAsync(cluster);
        using var events = await EventReader.OpenAsync(host.Client);

        var nodes = Nodes(await events.PictureAsync(static picture => Nodes(picture) is not null))!;

        Assert.Equal((200, 500), (nodes.Count, Number(nodes[0], "nodeCount")));
        var names = nodes.Select(static node => Text(node, "address")).ToList();
        Assert.Superset(new HashSet<string?> { "node-400", "node-450" }, names.ToHashSet());
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(nodes, static node => Assert.Equal(["pool-00", "pool-01", "pool-02", "pool-03", "pool-29"], node.GetProperty("pools").EnumerateArray().Select(static pool => Text(pool, "name"))));
    }

    static Task<DashboardHost> StartAsync(ScriptedCluster cluster) => DashboardHost.StartAsync(services: services => services.AddSingleton<IPoolCluster>(cluster));

    static List<JsonElement>? Nodes(JsonElement picture) =>
        picture.TryGetProperty("nodes", out var nodes) ? [.. nodes.EnumerateArray()] : null;

    static string? Text(JsonElement from, string name) => from.GetProperty(name).GetString();

    static int Number(JsonElement from, string name) => from.GetProperty(name).GetInt32();
}

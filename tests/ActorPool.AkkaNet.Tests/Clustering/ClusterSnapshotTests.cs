using ActorPool.TestKit;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>A picture of every node and its pools.</summary>
public sealed class ClusterSnapshotTests
{
    [Fact]
    public async Task Every_node_that_is_up_is_there_with_its_pools_and_one_that_does_not_answer_says_so()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web, edge");
        var database = nodes.AddWorker("db", maxSize: 7);
        var silent = nodes.Add("db", isSilent: true);
        await nodes.AllUpAsync();
        using var lease = await ActorPools.For(database).Get<ScriptedConnection>("orders").AcquireAsync();

        var snapshot = await ActorPoolCluster.For(web).SnapshotAsync();

        Assert.Equal(snapshot.Nodes.Select(static node => node.Address).Order(StringComparer.Ordinal), snapshot.Nodes.Select(static node => node.Address));
        var byAddress = snapshot.Nodes.ToDictionary(static node => node.Address);
        var own = byAddress[ClusterNodes.AddressOf(web).ToString()];
        Assert.Equal((true, true, 0), (own.IsThis, own.HasAnswered, own.PoolCount));
        Assert.Equal(["edge", "web"], own.Roles);
        var asked = byAddress[ClusterNodes.AddressOf(database).ToString()];
        Assert.Equal((false, true, 1), (asked.IsThis, asked.HasAnswered, asked.PoolCount));
        var pool = Assert.Single(asked.Pools);
        Assert.Equal(("orders", PoolHealth.Healthy, 1, 0, 7, null), (pool.Name, pool.Health, pool.Leased, pool.Idle, pool.MaxSize, pool.LastError));
        var unheard = byAddress[ClusterNodes.AddressOf(silent).ToString()];
        Assert.Equal((false, 0), (unheard.HasAnswered, unheard.Pools.Count));
        Assert.Contains("no answer within 0.3 s", unheard.Silence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_in_trouble_says_why()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var connector = ScriptedConnection.Connector();
        connector.StopServer(StepPlan.Fail(new IOException("connection refused")));
        connector.Kinds = static _ => OpenFailureKind.Configuration;
        var database = nodes.AddWorker("db", connector);
        await nodes.AllUpAsync();
        await Assert.ThrowsAsync<ConnectFailedException>(() => ActorPools.For(database).Get<ScriptedConnection>("orders").AcquireAsync().AsTask());

        var snapshot = await ActorPoolCluster.For(web).Router.Ask<ClusterPoolsSnapshot>(GetClusterSnapshot.Instance, ClusterNodes.Patience);

        var pool = Assert.Single(snapshot.Nodes.Single(static node => !node.IsThis).Pools);
        Assert.Equal((PoolHealth.Unavailable, "IOException: connection refused"), (pool.Health, pool.LastError));
    }

    [Fact]
    public async Task A_node_with_very_many_pools_tells_of_so_many_as_fit_into_a_message_those_in_trouble_first()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var broken = ScriptedConnection.Connector();
        broken.StopServer(StepPlan.Fail(new IOException(new string('ä', 5_000))));
        broken.Kinds = static _ => OpenFailureKind.Configuration;
        var many = nodes.Add("db", pools =>
        {
            for (var number = 0; number < 400; number++)
            {
                pools.Add($"pool-{number:000}", _ => ScriptedConnection.Connector());
            }

            pools.Add("pool-999", _ => broken);
        });
        await nodes.AllUpAsync();
        await Assert.ThrowsAsync<ConnectFailedException>(() => ActorPools.For(many).Get<ScriptedConnection>("pool-999").AcquireAsync().AsTask());

        var node = (await ActorPoolCluster.For(web).SnapshotAsync()).Nodes.Single(static node => !node.IsThis);

        Assert.Equal((true, 401), (node.HasAnswered, node.PoolCount));
        Assert.InRange(node.Pools.Count, 100, 300);
        Assert.EndsWith("…", node.Pools.Single(static pool => pool.Name == "pool-999").LastError, StringComparison.Ordinal);
    }
}

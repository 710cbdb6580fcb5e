using ActorPool.TestKit;
using Akka.Actor;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>Nodes that go while they work for others.</summary>
public sealed class UseLossTests
{
    static readonly UseLease Greet = new("orders", "greet", "hello");

    [Fact]
    public async Task When_a_node_dies_while_it_works_the_sender_is_told_before_the_limit_that_the_work_may_have_been_done()
    {
        await using var nodes = new ClusterNodes();
        var (web, database, asked) = await BeginAsync(nodes);
        await nodes.KillAsync(database);
        var failed = Assert.IsType<UseFailed>(await asked);

        Assert.Equal((UseFailureReason.NodeLost, true), (failed.Reason, failed.MayHaveRun));
        Assert.Contains("may have been done", failed.Text, StringComparison.Ordinal);
        Assert.Equal(UseFailureReason.NoNode, Assert.IsType<UseFailed>(await web.AskAsync(Greet)).Reason);
    }

    [Fact]
    public async Task What_may_be_repeated_is_done_by_another_node()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var first = nodes.AddWorker("db");
        var second = nodes.AddWorker("db");
        var (firstBegun, firstRelease, _) = Handlers.Hang(first);
        var (secondBegun, secondRelease, _) = Handlers.Hang(second);
        await nodes.AllUpAsync();

        var asked = web.AskAsync(Greet with { TimeLimit = TimeSpan.FromMinutes(10), MayBeRepeated = true });
        var isFirst = await Task.WhenAny(firstBegun, secondBegun).WaitAsync(ClusterNodes.Patience) == firstBegun;
        await nodes.KillAsync(isFirst ? first : second);
        (isFirst ? secondRelease : firstRelease).SetResult("done by the other");
        var used = Assert.IsType<LeaseUsed>(await asked);

        Assert.Equal(("done by the other", ClusterNodes.AddressOf(isFirst ? second : first).ToString()), (used.Result, used.Node));
    }

    [Fact]
    public async Task Without_another_node_what_may_be_repeated_fails_too_and_says_that_it_may_have_been_done()
    {
        await using var nodes = new ClusterNodes();
        var (web, database, asked) = await BeginAsync(nodes, mayBeRepeated: true);
        AkkaCluster.Get(web).Down(ClusterNodes.AddressOf(database));
        var failed = Assert.IsType<UseFailed>(await asked);

        Assert.Equal((UseFailureReason.NodeLost, true), (failed.Reason, failed.MayHaveRun));
    }

    [Fact]
    public async Task A_node_that_is_taken_out_of_the_cluster_has_answered_for_the_last_time()
    {
        await using var nodes = new ClusterNodes();
        var (web, database, asked) = await BeginAsync(nodes);
        AkkaCluster.Get(web).Down(ClusterNodes.AddressOf(database));
        var failed = Assert.IsType<UseFailed>(await asked);

        Assert.Equal((UseFailureReason.NodeLost, true), (failed.Reason, failed.MayHaveRun));
        Assert.Contains(ClusterNodes.AddressOf(database).ToString(), failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_leaves_finishes_what_it_has_and_what_comes_then_goes_to_others()
    {
        await using var nodes = new ClusterNodes();
        var leaving = nodes.AddWorker("db");
        var staying = nodes.AddWorker("db");
        var web = nodes.Add("web");
        var (begun, release, _) = Handlers.Hang(leaving, "slow");
        Handlers.Answer(leaving, "who leaves");
        Handlers.Answer(staying, "who stays");
        await nodes.AllUpAsync();

        var asked = web.AskAsync(new UseLease("orders", "slow", "") { TimeLimit = TimeSpan.FromMinutes(10) });
        await begun.WaitAsync(ClusterNodes.Patience);
        var left = CoordinatedShutdown.Get(leaving).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await leaving.WithdrawnAsync();
        for (var time = 0; time < 4; time++)
        {
            Assert.Equal("hello from who stays", Assert.IsType<LeaseUsed>(await web.AskAsync(Greet)).Result);
            Assert.Equal("hello from who stays", Assert.IsType<LeaseUsed>(await leaving.AskAsync(Greet)).Result);
        }

        release.SetResult("finished");
        Assert.Equal("finished", Assert.IsType<LeaseUsed>(await asked).Result);
        await left.WaitAsync(ClusterNodes.Patience);
    }

    [Fact]
    public async Task When_the_own_router_ends_nobody_is_left_waiting()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db");
        var (begun, _, _) = Handlers.Hang(database);

        var asked = database.AskAsync(Greet);
        await begun.WaitAsync(ClusterNodes.Patience);
        database.Stop(ActorPoolCluster.For(database).Router);
        var failed = Assert.IsType<UseFailed>(await asked);

        Assert.Equal((UseFailureReason.NodeLost, true), (failed.Reason, failed.MayHaveRun));
    }

    /// <summary>One node that asks, one that has begun to do it, and what the first will hear.</summary>
    static async Task<(ActorSystem Web, ActorSystem Database, Task<object> Asked)> BeginAsync(ClusterNodes nodes, bool mayBeRepeated = false)
    {
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        var (begun, _, _) = Handlers.Hang(database);
        await nodes.AllUpAsync();

        var asked = web.AskAsync(Greet with { TimeLimit = TimeSpan.FromMinutes(10), MayBeRepeated = mayBeRepeated });
        await begun.WaitAsync(ClusterNodes.Patience);
        return (web, database, asked);
    }
}

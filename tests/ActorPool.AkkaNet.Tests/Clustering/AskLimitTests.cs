using ActorPool.AkkaNet.Tests.Support;
using Akka.Actor;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>How long who awaits an answer waits for it: by the request's limit, whatever Akka.NET's own is, and whoever does not answer.</summary>
public sealed class AskLimitTests
{
    static readonly UseLease Greet = new("orders", "greet", "hello") { TimeLimit = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task The_limits_are_those_of_the_requests_and_not_the_ask_timeout_of_akka()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db", settings: "akka.actor.ask-timeout = 1ms");
        nodes.Add("db", isSilent: true);
        await nodes.AllUpAsync();
        var (begun, release, _) = Handlers.Hang(database);
        var cluster = ActorPoolCluster.For(database);

        var asked = cluster.UseAsync<string>(Greet);
        await begun.WaitAsync(ClusterNodes.Patience);
        await Assert.ThrowsAsync<AskTimeoutException>(() => database.ActorOf<SilentActor>().Ask("anything"));
        release.SetResult("done");

        Assert.Equal("done", await asked);
        Assert.Equal(2, (await cluster.SnapshotAsync()).Nodes.Count);
    }

    [Fact]
    public async Task A_router_that_has_stopped_is_not_waited_for()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db");
        Handlers.Answer(database, "db");
        var cluster = ActorPoolCluster.For(database);
        await cluster.Router.GracefulStop(ClusterNodes.Patience);

        var failed = await Assert.ThrowsAsync<UseFailedException>(() => cluster.UseAsync<string>(Greet));
        var unseen = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.SnapshotAsync());

        Assert.Equal((UseFailureReason.NodeLost, false), (failed.Failure.Reason, failed.Failure.MayHaveRun));
        Assert.Contains("/user/actorpool-cluster of this node has stopped", failed.Message, StringComparison.Ordinal);
        Assert.Contains("/user/actorpool-cluster has stopped", unseen.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_router_that_says_nothing_is_waited_for_a_little_longer_than_the_limit_and_the_work_may_have_been_done()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db");
        var cluster = ActorPoolCluster.For(database);
        ((IInternalActorRef)cluster.Router).Suspend();

        var asked = cluster.UseAsync<string>(Greet with { TimeLimit = TimeSpan.FromMilliseconds(1) });
        var unseen = await Assert.ThrowsAsync<TimeoutException>(() => cluster.SnapshotAsync());
        var failed = await Assert.ThrowsAsync<UseFailedException>(() => asked);

        Assert.Equal((UseFailureReason.TimedOut, true), (failed.Failure.Reason, failed.Failure.MayHaveRun));
        Assert.Contains("0.001 s have passed for use 'greet' of pool 'orders', and 5 s more", failed.Message, StringComparison.Ordinal);
        Assert.Contains("5 s after the limit of 0.3 s (akka.actorpool.cluster.snapshot.time-limit)", unseen.Message, StringComparison.Ordinal);
    }
}

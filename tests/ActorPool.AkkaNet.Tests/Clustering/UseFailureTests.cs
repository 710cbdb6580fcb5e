using ActorPool.TestKit;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>Work for another that does not end well: the connection is what its connector says, and the sender is told once, in time.</summary>
public sealed class UseFailureTests
{
    static readonly UseLease Greet = new("orders", "greet", "hello");

    [Fact]
    public async Task A_handler_that_throws_condemns_the_connection_and_the_sender_is_told_in_words()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var connector = ScriptedConnection.Connector();
        var database = nodes.AddWorker("db", connector);
        ActorPools.For(database).HandleUse<ScriptedConnection, string, string>("orders", "greet", (_, _, _) => throw new InvalidDataException("the line is garbled"));
        await nodes.AllUpAsync();

        var failed = Assert.IsType<UseFailed>(await web.AskAsync(Greet));

        Assert.Equal((UseFailureReason.HandlerFailed, "InvalidDataException: the line is garbled", true), (failed.Reason, failed.Text, failed.MayHaveRun));
        Assert.Equal(ClusterNodes.AddressOf(database).ToString(), failed.Node);
        var pool = ActorPools.For(database).Get<ScriptedConnection>("orders");
        await pool.DrainAsync();
        Assert.Equal(1, pool.Overview().Closed[CloseReason.Fault]);
    }

    [Fact]
    public async Task A_harmless_error_leaves_the_connection_in_the_pool()
    {
        await using var nodes = new ClusterNodes();
        var connector = ScriptedConnection.Connector();
        connector.Harmless = static error => error is KeyNotFoundException;
        var database = nodes.AddWorker("db", connector);
        ActorPools.For(database).HandleUse<ScriptedConnection, string, string>("orders", "greet", (_, _, _) => throw new KeyNotFoundException("no such order"));

        Assert.Equal(UseFailureReason.HandlerFailed, Assert.IsType<UseFailed>(await database.AskAsync(Greet)).Reason);

        Assert.Equal(1, ActorPools.For(database).Get<ScriptedConnection>("orders").Overview().Idle);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_fails_with_the_pools_own_reason_and_nothing_has_run()
    {
        await using var nodes = new ClusterNodes();
        var connector = ScriptedConnection.Connector();
        connector.StopServer(StepPlan.Fail(new IOException("connection refused")));
        connector.Kinds = static _ => OpenFailureKind.Configuration;
        var database = nodes.AddWorker("db", connector);
        Handlers.Answer(database, "db");

        var failed = Assert.IsType<UseFailed>(await database.AskAsync(Greet));

        Assert.Equal((UseFailureReason.PoolFailed, PoolFailureReason.ConnectFailed, false), (failed.Reason, failed.PoolReason, failed.MayHaveRun));
        Assert.Contains("'orders'", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_limit_passes_the_token_ends_there_and_the_sender_is_told()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        var (begun, _, cancelled) = Handlers.Hang(database);
        Handlers.Answer(database, "db", "warm");
        await nodes.AllUpAsync();
        Assert.IsType<LeaseUsed>(await web.AskAsync(Greet with { Handler = "warm" }));

        var failed = Assert.IsType<UseFailed>(await web.AskAsync(Greet with { TimeLimit = TimeSpan.FromMilliseconds(800) }));

        Assert.Equal((UseFailureReason.TimedOut, true), (failed.Reason, failed.MayHaveRun));
        Assert.Contains("The limit is UseLease.TimeLimit", failed.Text, StringComparison.Ordinal);
        await begun.WaitAsync(ClusterNodes.Patience);
        await cancelled.WaitAsync(ClusterNodes.Patience);
    }

    [Fact]
    public async Task The_limit_is_the_configured_one_where_the_request_says_nothing()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db", settings: "akka.actorpool.cluster.use.time-limit = 200ms");
        Handlers.Hang(database);

        var failed = Assert.IsType<UseFailed>(await database.AskAsync(Greet));

        Assert.Equal(UseFailureReason.TimedOut, failed.Reason);
        Assert.Contains("The limit is UseLease.TimeLimit, or akka.actorpool.cluster.use.time-limit", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_for_a_connection_counts_and_ends_with_the_limit()
    {
        await using var nodes = new ClusterNodes();
        var database = nodes.AddWorker("db", maxSize: 1);
        Handlers.Answer(database, "db");
        var pool = ActorPools.For(database).Get<ScriptedConnection>("orders");
        using var only = await pool.AcquireAsync();

        var failed = Assert.IsType<UseFailed>(await database.AskAsync(Greet with { TimeLimit = TimeSpan.FromMilliseconds(200) }));

        Assert.Equal(UseFailureReason.TimedOut, failed.Reason);
        Assert.Equal(1, pool.Overview().Acquired);
    }

    [Fact]
    public async Task A_reply_that_comes_too_late_is_dropped()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db", maxSize: 1);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ActorPools.For(database).HandleUse<ScriptedConnection, string, string>("orders", "greet", async (_, payload, _) =>
        {
            await release.Task;
            return payload;
        });
        await nodes.AllUpAsync();
        var kit = new Akka.TestKit.Xunit2.TestKit(web);
        var router = ActorPoolCluster.For(web).Router;

        router.Tell(Greet with { TimeLimit = TimeSpan.FromMilliseconds(100), Payload = "late" }, kit.TestActor);
        Assert.Equal(UseFailureReason.TimedOut, (await kit.ExpectMsgAsync<UseFailed>(ClusterNodes.Patience)).Reason);
        router.Tell(Greet with { Payload = "in time" }, kit.TestActor);
        release.SetResult();

        Assert.Equal("in time", (await kit.ExpectMsgAsync<LeaseUsed>(ClusterNodes.Patience)).Result);
    }
}

using ActorPool.TestKit;

namespace ActorPool.AkkaNet.Tests.Clustering;

/// <summary>Work on connections that only some nodes have: who does it, and what the sender is told.</summary>
public sealed class UseLeaseTests
{
    static readonly UseLease Greet = new("orders", "greet", "hello");

    [Fact]
    public async Task Work_goes_to_the_node_of_the_role_and_is_answered_from_there()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        Handlers.Answer(database, "the database's node");
        await nodes.AllUpAsync();

        var used = Assert.IsType<LeaseUsed>(await web.AskAsync(Greet with { Role = "db" }));

        Assert.Equal(("hello from the database's node", ClusterNodes.AddressOf(database).ToString()), (used.Result, used.Node));
        Assert.Equal(1, ActorPools.For(database).Get<ScriptedConnection>("orders").Overview().Acquired);
    }

    [Fact]
    public async Task Ones_own_node_comes_first_and_others_take_turns()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var own = nodes.AddWorker("db");
        var other = nodes.AddWorker("db");
        Handlers.Answer(own, "one");
        Handlers.Answer(other, "two");
        await nodes.AllUpAsync();

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal("hello from one", Assert.IsType<LeaseUsed>(await own.AskAsync(Greet)).Result);
        }

        await KnownAsync(web, "one", "two");
        var answers = new List<object?>();
        for (var time = 0; time < 6; time++)
        {
            answers.Add(Assert.IsType<LeaseUsed>(await web.AskAsync(Greet)).Result);
        }

        Assert.Equal([("hello from one", 3), ("hello from two", 3)], answers.CountBy(answer => (string)answer!).Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Fact]
    public async Task A_node_of_another_role_is_not_asked_though_it_could()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.AddWorker("web");
        var database = nodes.AddWorker("db");
        Handlers.Answer(web, "web");
        Handlers.Answer(database, "db");
        await nodes.AllUpAsync();

        Assert.Equal("hello from db", Assert.IsType<LeaseUsed>(await web.AskAsync(Greet with { Role = "db" })).Result);
        var nobody = Assert.IsType<UseFailed>(await web.AskAsync(Greet with { Role = "mail" }));

        Assert.Equal((UseFailureReason.NoNode, false), (nobody.Reason, nobody.MayHaveRun));
        Assert.Contains("0 other nodes in role 'mail' are up", nobody.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_node_has_registered_is_done_by_none_and_the_sender_is_told_what_there_is()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        Handlers.Answer(database, "db");
        await nodes.AllUpAsync();

        foreach (var unknown in new[] { Greet with { Handler = "drop" }, Greet with { Handler = "Greet" }, Greet with { Pool = "customers" } })
        {
            var nobody = Assert.IsType<UseFailed>(await web.AskAsync(unknown));
            Assert.Equal((UseFailureReason.NoNode, false), (nobody.Reason, nobody.MayHaveRun));
            Assert.Contains("1 other nodes are up, 0 of them cannot be reached, 0 offer it", nobody.Text, StringComparison.Ordinal);
        }

        Assert.Equal("hello from db", Assert.IsType<LeaseUsed>(await web.AskAsync(Greet with { Pool = "ORDERS" })).Result);
    }

    [Fact]
    public async Task A_node_that_has_no_router_is_waited_for_no_longer_than_a_few_questions()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        nodes.Add("db", isSilent: true);
        await nodes.AllUpAsync();

        var nobody = Assert.IsType<UseFailed>(await web.AskAsync(Greet with { TimeLimit = TimeSpan.FromMinutes(1) }));

        Assert.Equal(UseFailureReason.NoNode, nobody.Reason);
    }

    [Fact]
    public async Task A_handler_that_is_registered_later_is_found_at_once()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        await nodes.AllUpAsync();
        Assert.IsType<UseFailed>(await web.AskAsync(Greet));

        Handlers.Answer(database, "db");
        await KnownAsync(web, "db");

        Assert.Equal("hello from db", Assert.IsType<LeaseUsed>(await web.AskAsync(Greet)).Result);
        var twice = Assert.Throws<InvalidOperationException>(() => Handlers.Answer(database, "db"));
        Assert.Contains("has a handler 'greet' already", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_for_in_a_way_that_makes_no_sense_is_refused_with_the_reason()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");

        foreach (var (use, word) in new[]
        {
            (Greet with { Pool = " " }, "Pool is empty"),
            (Greet with { Handler = "" }, "Handler is empty"),
            (Greet with { TimeLimit = TimeSpan.Zero }, "TimeLimit is 00:00:00"),
            (Greet with { TimeLimit = TimeSpan.FromDays(2) }, "TimeLimit is 2.00:00:00"),
        })
        {
            var refused = Assert.IsType<UseFailed>(await web.AskAsync(use));
            Assert.Equal(UseFailureReason.InvalidRequest, refused.Reason);
            Assert.Contains(word, refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_awaits_gets_the_result_or_an_error_that_says_what_the_answer_says()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var database = nodes.AddWorker("db");
        Handlers.Answer(database, "db");
        await nodes.AllUpAsync();
        var cluster = ActorPoolCluster.For(web);

        Assert.Equal("hello from db", await cluster.UseAsync<string>(Greet));
        var other = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.UseAsync<int>(Greet));
        Assert.Contains("has returned a String, not a Int32", other.Message, StringComparison.Ordinal);
        var failed = await Assert.ThrowsAsync<UseFailedException>(() => cluster.UseAsync<string>(Greet with { Handler = "drop" }));
        Assert.Equal(UseFailureReason.NoNode, failed.Failure.Reason);
    }

    [Fact]
    public async Task A_node_whose_router_begins_late_is_found_at_once_though_the_others_have_given_up_asking_it()
    {
        await using var nodes = new ClusterNodes();
        var web = nodes.Add("web");
        var late = nodes.Add("db", static pools => pools.Add("orders", _ => ScriptedConnection.Connector()), isSilent: true);
        await nodes.AllUpAsync();
        Assert.Equal(UseFailureReason.NoNode, Assert.IsType<UseFailed>(await web.AskAsync(Greet)).Reason);

        Handlers.Answer(late, "late");
        ActorPoolCluster.For(late);

        await KnownAsync(web, TimeSpan.FromSeconds(10), "late");
    }

    /// <summary>Each has been heard of when each has answered.</summary>
    static Task KnownAsync(Akka.Actor.ActorSystem asker, params string[] words) => KnownAsync(asker, ClusterNodes.Patience, words);

    static async Task KnownAsync(Akka.Actor.ActorSystem asker, TimeSpan limit, params string[] words)
    {
        using var patience = new CancellationTokenSource(limit);
        var missing = words.ToHashSet();
        while (missing.Count > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (await asker.AskAsync(Greet) is LeaseUsed { Result: string answer })
            {
                missing.Remove(answer.Split(' ')[^1]);
            }
        }
    }
}

using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster;
using static ActorPool.AkkaNet.Tests.Budgeting.StoreRequests;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>What becomes of the book when members come and go.</summary>
public sealed class AkkaGrantStoreTests
{
    static readonly TimeSpan Patience = TestCluster.Patience;

    [Fact]
    public async Task With_too_few_members_nothing_is_committed_and_the_error_has_the_numbers()
    {
        await using var cluster = await TestCluster.StartAsync(members: 1, quorumSize: 2);
        await using var store = new AkkaGrantStore(cluster.Systems[0]);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => WriteAsync(store, "book", 0));
        Assert.Contains("kept by 2 members", error.Message, StringComparison.Ordinal);
        Assert.Contains("quorum-size", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 1 can be reached", error.Message, StringComparison.Ordinal);
        await cluster.AddAsync();
        Assert.True((await UntilAsync(() => WriteAsync(store, "book", 0))).IsCommitted);
    }

    [Fact]
    public async Task With_more_members_than_two_quorums_may_have_nothing_is_committed()
    {
        await using var cluster = await TestCluster.StartAsync(members: 2, quorumSize: 1, "akka.cluster.split-brain-resolver.active-strategy = keep-majority");
        await using var store = new AkkaGrantStore(cluster.Systems[1]);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => WriteAsync(store, "book", 0));
        Assert.Contains("There are 2 members, and with quorum-size = 1 at most 1 may be", error.Message, StringComparison.Ordinal);
        Assert.Contains("raise quorum-size to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_without_the_role_use_the_book_and_do_not_count()
    {
        await using var cluster = await TestCluster.StartAsync(members: 1, quorumSize: 1, "akka.actorpool.cluster.role = book, akka.cluster.roles = [book]");
        await using var store = new AkkaGrantStore(await cluster.AddAsync("akka.cluster.roles = []"));
        await using var other = new AkkaGrantStore(cluster.Systems[0]);
        using var told = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var watch = store.WatchAsync("orders", "book", () => told.Release(), stop.Token);
        Assert.True(await told.WaitAsync(Patience));
        Assert.True((await WriteAsync(other, "book", 0)).IsCommitted);
        Assert.True(await told.WaitAsync(Patience));
        Assert.Equal("1", (await ReadAsync(store)).Records.Single().Value);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    [Fact]
    public async Task A_keeper_that_is_cut_off_acknowledges_nothing_from_the_first_moment_and_the_others_go_on()
    {
        await using var cluster = await TestCluster.StartAsync(members: 3, quorumSize: 2);
        await using AkkaGrantStore inside = new(cluster.Systems[0]), outside = new(cluster.Systems[1]);
        var before = await WriteAsync(inside, "book", 0);
        await cluster.CutOffAsync(cluster.Systems[0]);

        // Nobody has noticed yet: all count as reachable.
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => WriteAsync(inside, "book", before.Version));
        Assert.Contains("1 of 2 members that are needed", error.Message, StringComparison.Ordinal);
        Assert.Contains("quorum-size", error.Message, StringComparison.Ordinal);
        var after = await UntilAsync(() => ReadAsync(outside));
        Assert.NotEqual(before.Incarnation, after.Incarnation);
        Assert.Equal(before.Version, after.Records.Single().Version);
        Assert.True((await WriteAsync(outside, "book", before.Version)).IsCommitted);
        await Assert.ThrowsAsync<GrantStoreException>(() => ReadAsync(inside));

        // Split-brain resolution ends its system; what is asked of it then says so.
        await cluster.Systems[0].WhenTerminated.WaitAsync(Patience);
        Assert.Contains("started anew", (await Assert.ThrowsAsync<GrantStoreException>(() => ReadAsync(inside))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_answers_neither_for_the_process_before_it_nor_to_a_keeper_that_is_no_member()
    {
        await using var cluster = await TestCluster.StartAsync(members: 1, quorumSize: 1);
        var system = cluster.Systems[0];
        var self = MemberId.Of(Cluster.Get(system).SelfUniqueAddress);
        var copy = system.ActorSelection(CopyActor.PathAt(Cluster.Get(system).SelfAddress));
        await using var store = new AkkaGrantStore(system);
        await ReadAsync(store);
        var mark = new KeeperMark(long.MaxValue >> 32, "impostor");
        var strange = await copy.Ask<CopyAnswer>(new CopyRequest { From = self with { Uid = self.Uid + 1 }, To = self, Keeper = mark }, Patience);
        Assert.Contains("no member any more", strange.Refusal, StringComparison.Ordinal);

        // Asked for another it says nothing: its answer to the next question is the first that comes.
        var listening = system.ActorOf(Props.Create(() => new Listener()));
        copy.Tell(new CopyRequest { From = self, To = self with { Uid = self.Uid + 1 }, Keeper = mark }, listening);
        copy.Tell(new CopyRequest { From = self, To = self }, listening);
        var first = await listening.Ask<CopyAnswer>("first", Patience);
        Assert.NotEqual(mark, first.Follows);
        Assert.True((await WriteAsync(store, "book", 0)).IsCommitted);
    }

    [Fact]
    public async Task A_node_without_a_cluster_says_so()
    {
        await using var cluster = new TestCluster(1, "akka.actorpool.cluster { write-timeout = 50ms, request-timeout = 100ms }");
        using var system = cluster.Create();
        await using var store = new AkkaGrantStore(system);
        Assert.Contains("has not joined", (await Assert.ThrowsAsync<GrantStoreException>(() => ReadAsync(store))).Message, StringComparison.Ordinal);
        Assert.Equal("Akka.Cluster budgets, kept by members, quorum 1", store.ToString());
        await system.Terminate();
    }

    /// <summary>Keeps the first answer for who asks.</summary>
    sealed class Listener : ReceiveActor, IWithUnboundedStash
    {
        public Listener()
        {
            Receive<CopyAnswer>(answer =>
            {
                Become(() => Receive<string>(_ => Sender.Tell(answer)));
                Stash!.UnstashAll();
            });
            Receive<string>(_ => Stash!.Stash());
        }

        public IStash? Stash { get; set; }
    }
}

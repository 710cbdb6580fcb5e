using ActorPool.Budgets;
using Akka.Actor;
using Akka.Cluster;
using static ActorPool.AkkaNet.Tests.Budgeting.StoreRequests;

namespace ActorPool.AkkaNet.Tests.Budgeting;

/// <summary>The member that the keeper is on goes.</summary>
public sealed class KeeperMovesTests
{
    static readonly TimeSpan Patience = TestCluster.Patience;

    [Theory]
    [InlineData(true, 4, 3)]
    [InlineData(false, 3, 2)]
    public async Task When_the_keeper_moves_it_is_another_incarnation_with_all_records_and_higher_versions(bool isInOrder, int members, int quorumSize)
    {
        await using var cluster = await TestCluster.StartAsync(members, quorumSize);
        await using var store = new AkkaGrantStore(cluster.Systems[^1]);
        var before = await WriteAsync(store, "node/dead", 0);
        using var told = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var watch = store.WatchAsync("orders", "node/dead", () => told.Release(), stop.Token);
        Assert.True(await told.WaitAsync(Patience));

        var keeper = cluster.Systems[0];
        await (isInOrder ? Cluster.Get(keeper).LeaveAsync().WaitAsync(Patience) : keeper.Terminate());
        var after = await UntilAsync(() => ReadAsync(store), reply => reply.Incarnation != before.Incarnation);
        Assert.Equal(new GrantRecord("node/dead", "1", before.Version), after.Records.Single());
        Assert.True(after.Revision > before.Revision);
        Assert.False((await WriteAsync(store, "node/dead", before.Version, before.Incarnation)).IsCommitted);

        // Another keeper has the watch: the node is told to look.
        Assert.True(await told.WaitAsync(Patience));
        var written = await WriteAsync(store, "node/dead", before.Version, after.Incarnation);
        Assert.True(written.IsCommitted);
        Assert.True(written.Version > before.Version);
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(1)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
    }

    [Fact]
    public async Task A_new_member_has_the_book_and_the_old_ones_may_go()
    {
        await using var cluster = await TestCluster.StartAsync(members: 2, quorumSize: 2);
        await using var first = new AkkaGrantStore(cluster.Systems[0]);
        var before = await WriteAsync(first, "book", 0);
        await using var store = new AkkaGrantStore(await cluster.AddAsync());

        // The keeper has told the newcomer when it answers this: all that there is.
        await ReadAsync(first);
        await Cluster.Get(cluster.Systems[0]).LeaveAsync().WaitAsync(Patience);
        var after = await UntilAsync(() => ReadAsync(store), reply => reply.Incarnation != before.Incarnation);
        Assert.Equal(before.Version, after.Records.Single().Version);
    }
}

using System.Globalization;
using ActorPool.AkkaNet.Budgeting;
using ActorPool.Budgets;

namespace ActorPool.AkkaNet.Tests.Budgeting;

public sealed class RecordKeeperTests
{
    const int Trials = 50;

    readonly FakeCopies _copies = new(count: 3, quorum: 2);

    [Fact]
    public async Task A_keeper_that_was_cut_off_acknowledges_nothing_once_another_has_taken_over()
    {
        var first = await KeeperAsync("first", 0, 1);
        await KeeperAsync("second", 1, 2);
        var late = first.CommitAsync([Write("book", 0, "late")]);
        _copies.Deliver();
        await Assert.ThrowsAsync<SupersededException>(() => late);
        await Assert.ThrowsAsync<SupersededException>(() => Now(first.CommitAsync([Read()])));
    }

    [Fact]
    public async Task What_was_acknowledged_the_next_keeper_has_as_another_incarnation_and_with_higher_versions()
    {
        var first = await KeeperAsync("first", 0, 1);
        var before = (await Now(first.CommitAsync([Write("book", 0, "1"), Write("node/a", 0, "x")])))[^1];
        var second = await KeeperAsync("second", 1, 2);
        var seen = (await Now(second.CommitAsync([Read()])))[0];
        Assert.Equal(["book 1", "node/a x"], seen.Records.Select(static record => $"{record.Key} {record.Value}"));
        Assert.NotEqual(before.Incarnation, seen.Incarnation);
        Assert.True(seen.Revision > before.Revision);
        var stale = (await Now(second.CommitAsync([Write("book", seen.Records[0].Version, "2") with { Incarnation = before.Incarnation }])))[0];
        Assert.False(stale.IsCommitted);
        var after = (await Now(second.CommitAsync([Write("book", seen.Records[0].Version, "2") with { Incarnation = seen.Incarnation }])))[0];
        Assert.True(after.IsCommitted);
        Assert.True(after.Version > before.Version);
    }

    [Fact]
    public async Task What_a_keeper_that_was_cut_off_writes_late_comes_to_nothing()
    {
        var first = await KeeperAsync("first", 0, 1, 2);
        await Now(first.CommitAsync([Write("book", 0, "1")]));
        var late = first.CommitAsync([Write("node/a", 0, "late")]);
        var held = _copies.Underway;
        _copies.TimeOut(0);
        await Assert.ThrowsAsync<GrantStoreException>(() => late);
        var second = TakeOver("second", out var taken, 0, 1, 2);
        await DeliverFromAsync(held, taken);
        var written = second.CommitAsync([Write("node/b", 0, "1")]);
        await DeliverFromAsync(held, written);
        _copies.Deliver();
        var third = await KeeperAsync("third", 0, 1, 2);
        Assert.Equal(["book", "node/b"], (await Now(third.CommitAsync([Read()])))[0].Records.Select(static record => record.Key));
    }

    [Fact]
    public async Task What_a_quorum_did_not_confirm_is_sent_again_with_what_comes_next()
    {
        var keeper = await KeeperAsync("first", 0, 1, 2);
        await Now(keeper.CommitAsync([Read()]));
        var lost = keeper.CommitAsync([Write("book", 0, "1")]);
        _copies.TimeOut(0);
        await Assert.ThrowsAsync<GrantStoreException>(() => lost);
        while (_copies.Underway > 0)
        {
            _copies.Lose(0);
        }

        // A read sends it too: what it shows must not get lost.
        Assert.Equal("1", (await Now(keeper.CommitAsync([Read()])))[0].Records.Single().Value);
        var next = await KeeperAsync("second", 1, 2);
        Assert.Equal("1", (await Now(next.CommitAsync([Read()])))[0].Records.Single().Value);
    }

    [Fact]
    public async Task What_is_too_large_for_a_message_is_refused_and_changes_nothing()
    {
        var keeper = await KeeperAsync("first", 0, 1);
        await Now(keeper.CommitAsync([Write("book", 0, "1")]));
        var random = new Random(1);
        var large = string.Concat(Enumerable.Range(0, 6_000).Select(_ => (char)random.Next('a', 'z')));
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => Now(keeper.CommitAsync([Write("node/a", 0, large)])));
        Assert.Contains("maximum-frame-size", error.Message, StringComparison.Ordinal);
        Assert.Equal(["book"], (await Now(keeper.CommitAsync([Read()])))[0].Records.Select(static record => record.Key));
    }

    /// <summary>
    /// Keepers come and go, also two at once; messages are late, lost, and in another order. Whatever happens, what was acknowledged is seen by all that is
    /// acknowledged later, no version is given twice, and an older keeper acknowledges nothing after a newer one.
    /// </summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public async Task Nothing_acknowledged_is_lost_whatever_keepers_and_messages_do(int count, int quorum)
    {
        var seed = Random.Shared.Next();
        var acknowledged = 0;
        for (var i = 0; i < Trials; i++)
        {
            acknowledged += await new KeeperTrial(count, quorum, seed + i).RunAsync();
        }

        Assert.True(acknowledged > Trials, $"seed {seed}: {acknowledged} changes were acknowledged");
    }

    static GrantTransaction Read() => new() { Budget = "orders", ReadAll = true };

    static GrantTransaction Write(string key, long version, string value) =>
        new() { Budget = "orders", Expected = [new(key, version)], Writes = [new(key, value)], Read = [key] };

    RecordKeeper TakeOver(string id, out Task taken, params int[] reachable)
    {
        var keeper = new RecordKeeper(id, _copies.SeenBy(reachable));
        taken = keeper.TakeOverAsync();
        return keeper;
    }

    async Task<RecordKeeper> KeeperAsync(string id, params int[] reachable)
    {
        var keeper = TakeOver(id, out var taken, reachable);
        _copies.Deliver();
        await taken;
        return keeper;
    }

    async Task<IReadOnlyList<GrantReply>> Now(Task<IReadOnlyList<GrantReply>> commit)
    {
        _copies.Deliver();
        return await commit;
    }

    /// <summary>What was sent later overtakes what is held back.</summary>
    async Task DeliverFromAsync(int held, Task until)
    {
        while (!until.IsCompleted)
        {
            Assert.True(_copies.Underway > held, string.Create(CultureInfo.InvariantCulture, $"{_copies.Underway} under way, {held} held back"));
            _copies.Deliver(held);
        }

        await until;
    }
}

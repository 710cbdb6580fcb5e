using System.Globalization;

namespace ActorPool.Budgets.Tests.Engines;

/// <summary>What <see cref="IGrantStore"/> promises, clause by clause; inherited by the tests of each engine.</summary>
public abstract partial class GrantStoreContract
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static int BudgetsMade;

    /// <summary>A budget of the test's own.</summary>
    protected string Budget { get; } = string.Create(CultureInfo.InvariantCulture, $"contract-{Interlocked.Increment(ref BudgetsMade)}");

    /// <summary>Whether the engine compares the incarnation itself.</summary>
    protected virtual bool ComparesIncarnation => true;

    /// <summary>One node's store, on an engine that all nodes of the test share. May skip the test.</summary>
    protected abstract Task<IGrantStore> NodeAsync();

    [SkippableFact]
    public async Task What_is_written_is_read_with_the_version_that_the_writer_was_told()
    {
        await using var store = await NodeAsync();
        var written = await CommitAsync(store, [Absent("book"), Absent("node/a")], [new("book", "1 ä \" \\ {}"), new("node/a", "")]);
        Assert.True(written.IsCommitted);
        Assert.True(written.Version > 0);
        var read = await ReadAsync(store, "book", "node/a", "node/b");
        Assert.True(read.IsCommitted);
        Assert.Equal(0, read.Version);
        Assert.Equal(written.Incarnation, read.Incarnation);
        Assert.NotEmpty(read.Incarnation);
        Assert.Equal(
            [new GrantRecord("book", "1 ä \" \\ {}", written.Version), new GrantRecord("node/a", "", written.Version)],
            read.Records.OrderBy(static record => record.Key, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Nothing_is_written_if_one_of_many_expectations_does_not_hold()
    {
        await using var store = await NodeAsync();
        var first = await CommitAsync(store, [Absent("book")], [new("book", "1")]);
        foreach (var wrong in new[] { 0, first.Version - 1, first.Version + 1 })
        {
            var reply = await CommitAsync(store, [new("book", wrong), Absent("node/a")], [new("book", "2"), new("node/a", "x")], read: ["book", "node/a"]);
            Assert.False(reply.IsCommitted);
            Assert.Equal(0, reply.Version);
            Assert.Equal([new GrantRecord("book", "1", first.Version)], reply.Records);
        }
    }

    [SkippableFact]
    public async Task A_key_may_be_expected_without_being_written()
    {
        await using var store = await NodeAsync();
        var book = await CommitAsync(store, [Absent("book")], [new("book", "1")]);
        Assert.True((await CommitAsync(store, [new("book", book.Version), Absent("gone"), Absent("node/a")], [new("node/a", "x")])).IsCommitted);
        Assert.False((await CommitAsync(store, [new("book", book.Version + 1), Absent("node/b")], [new("node/b", "x")])).IsCommitted);
        Assert.False((await CommitAsync(store, [new("gone", book.Version), Absent("node/b")], [new("node/b", "x")])).IsCommitted);
        Assert.Equal(book.Version, (await ReadAsync(store, "book")).Records.Single().Version);
    }

    [SkippableFact]
    public async Task Reads_show_what_the_writes_left_whether_or_not_they_were_committed()
    {
        await using var store = await NodeAsync();
        var first = await CommitAsync(store, [Absent("a"), Absent("b")], [new("a", "1"), new("b", "1")]);
        var second = await CommitAsync(store, [new("a", first.Version), new("b", first.Version)], [new("a", "2"), new("b", null)], read: ["a", "b"]);
        Assert.Equal([new GrantRecord("a", "2", second.Version)], second.Records);
        var refused = await CommitAsync(store, [new("a", first.Version)], [new("a", "3")], read: ["a", "b"]);
        Assert.False(refused.IsCommitted);
        Assert.Equal([new GrantRecord("a", "2", second.Version)], refused.Records);
    }

    [SkippableFact]
    public async Task Versions_grow_and_come_back_neither_after_a_removal_nor_for_what_is_written_alike()
    {
        await using var store = await NodeAsync();
        long last = 0;
        for (var i = 0; i < 5; i++)
        {
            var made = await CommitAsync(store, [Absent("node/a")], [new("node/a", "same")]);
            var same = await CommitAsync(store, [new("node/a", made.Version)], [new("node/a", "same")]);
            var removed = await CommitAsync(store, [new("node/a", same.Version)], [new("node/a", null)]);
            Assert.True(last < made.Version, $"{made.Version} after {last}");
            Assert.True(made.Version < same.Version, $"{same.Version} after {made.Version}");
            Assert.True(removed.IsCommitted);
            Assert.False((await CommitAsync(store, [new("node/a", same.Version)], [new("node/a", "back")])).IsCommitted);
            last = same.Version;
        }
    }

    [SkippableFact]
    public async Task What_is_removed_without_being_there_stays_away()
    {
        await using var store = await NodeAsync();
        Assert.True((await CommitAsync(store, [Absent("node/a")], [new("node/a", null)])).IsCommitted);
        Assert.Empty((await ReadAsync(store, "node/a")).Records);
    }

    [SkippableFact]
    public async Task All_records_of_this_budget_are_read_and_none_of_another()
    {
        await using var store = await NodeAsync();
        foreach (var budget in new[] { Budget, Budget + "0", Budget[..^1] + "x" })
        {
            var reply = await store.CommitAsync(
                new GrantTransaction { Budget = budget, Expected = [Absent("book"), Absent("z")], Writes = [new("book", budget), new("z", budget)] }, default);
            Assert.True(reply.IsCommitted);
        }

        var all = await store.CommitAsync(new GrantTransaction { Budget = Budget, ReadAll = true }, default);
        Assert.Equal([("book", Budget), ("z", Budget)], all.Records.OrderBy(static record => record.Key, StringComparer.Ordinal).Select(static record => (record.Key, record.Value)));
        Assert.Empty((await store.CommitAsync(new GrantTransaction { Budget = Budget + "none", ReadAll = true }, default)).Records);
    }

    [SkippableTheory]
    [InlineData("node/b", 3, "c d e")]
    [InlineData("node/d", 3, "e f B")]
    [InlineData("node/f", 3, "B a b")]
    [InlineData("node/f-", 2, "B a")]
    [InlineData("node/B", 2, "a b")]
    [InlineData("node/A", 2, "B a")]
    [InlineData("node/c", 100, "d e f B a b")]
    [InlineData("node/c", 0, "")]
    public async Task Records_after_one_are_read_in_the_order_of_their_bytes_going_round(string after, int count, string expected)
    {
        await using var store = await NodeAsync();
        var keys = new[] { "book", "node/a", "node/b", "node/c", "node/d", "node/e", "node/f", "node/B", "nodes", "zoo" };
        await CommitAsync(store, [.. keys.Select(Absent)], [.. keys.Select(static key => new GrantWrite(key, key))]);
        var reply = await store.CommitAsync(
            new GrantTransaction { Budget = Budget, Read = ["book", "node/c"], ReadAfter = after, ReadAfterCount = count, ReadAfterPrefix = "node/" }, default);
        var wanted = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static name => $"node/{name}").Append("book").Append("node/c");
        Assert.Equal(wanted.Distinct().Order(StringComparer.Ordinal), reply.Records.Select(static record => record.Key).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_writer_that_believes_in_another_incarnation_writes_nothing()
    {
        await using var store = await NodeAsync();
        var transaction = new GrantTransaction { Budget = Budget, Incarnation = "another", Expected = [Absent("book")], Writes = [new("book", "1")], Read = ["book"] };
        var reply = await store.CommitAsync(transaction, default);
        Assert.NotEqual("another", reply.Incarnation);
        Assert.Equal(ComparesIncarnation, !reply.IsCommitted);
        Assert.Equal(ComparesIncarnation, reply.Records.Count == 0);
        var again = await store.CommitAsync(transaction with { Expected = [Absent("node/a")], Writes = [new("node/a", "1")], Incarnation = reply.Incarnation }, default);
        Assert.True(again.IsCommitted);
    }

    [SkippableFact]
    public async Task A_transaction_that_breaks_a_rule_is_refused_by_name()
    {
        await using var store = await NodeAsync();
        foreach (var (transaction, named) in new (GrantTransaction, string)[]
        {
            (new() { Budget = Budget, Writes = [new("book", "1")] }, "'book'"),
            (new() { Budget = Budget, Expected = [Absent("book")] }, "writes nothing"),
            (new() { Budget = Budget, Expected = [Absent("book"), Absent("book")], Writes = [new("book", "1")] }, "'book' twice"),
            (new() { Budget = Budget, Expected = [Absent("book")], Writes = [new("book", "1")], Notify = ["node a"] }, "'node a'"),
            (new() { Budget = Budget, Read = ["a b"] }, "'a b'"),
            (new() { Budget = Budget, Read = [new string('a', 201)] }, "200"),
            (new() { Budget = "" }, "no budget"),
            (new() { Budget = "a/b" }, "no budget"),
            (new() { Budget = Budget, Read = [.. Enumerable.Range(0, 101).Select(static i => $"node/{i}")] }, "reads 101"),
            (new() { Budget = Budget, ReadAfter = "a", ReadAfterCount = 101 }, "101"),
        })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(transaction, default));
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
    }

    protected static GrantExpectation Absent(string key) => new(key, 0);

    protected Task<GrantReply> CommitAsync(IGrantStore store, GrantExpectation[] expected, GrantWrite[] writes, string[]? notify = null, string[]? read = null) =>
        store.CommitAsync(new GrantTransaction { Budget = Budget, Expected = expected, Writes = writes, Notify = notify ?? [], Read = read ?? [] }, CancellationToken.None);

    protected Task<GrantReply> ReadAsync(IGrantStore store, params string[] keys) =>
        store.CommitAsync(new GrantTransaction { Budget = Budget, Read = keys }, CancellationToken.None);
}

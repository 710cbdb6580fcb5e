using System.Globalization;

namespace ActorPool.Budgets.Tests.Engines;

/// <summary>Several nodes at once.</summary>
public abstract partial class GrantStoreContract
{
    /// <summary>How many increments the race of nodes makes.</summary>
    protected virtual int Increments => 200;

    [SkippableFact]
    public async Task Of_several_that_make_a_key_at_once_one_wins()
    {
        var nodes = await NodesAsync(4);
        for (var round = 0; round < 10; round++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"book-{round}");
            var replies = await Task.WhenAll(nodes.Select((node, i) => Task.Run(() => CommitAsync(node, [Absent(key)], [new(key, Text(i))], read: [key]))));
            Assert.Equal(1, replies.Count(static reply => reply.IsCommitted));
            var winner = Array.FindIndex(replies, static reply => reply.IsCommitted);
            Assert.All(replies, reply => Assert.Equal(new GrantRecord(key, Text(winner), replies[winner].Version), reply.Records.Single()));
        }

        await DisposeAsync(nodes);
    }

    /// <summary>
    /// Nodes move single grants between accounts, read a third now and then, remove and make keys, all by compare-and-set. Nothing may get lost, no
    /// version may be seen twice with another text, and what one node reads of a key never goes back.
    /// </summary>
    [SkippableFact]
    public async Task Nothing_is_lost_when_nodes_compare_and_set_the_same_keys_at_once()
    {
        var seed = Random.Shared.Next();
        Console.WriteLine($"{GetType().Name} seed {seed}");
        var nodes = await NodesAsync(4);
        const int accounts = 5;
        const int each = 1000;
        var keys = Enumerable.Range(0, accounts).Select(static i => $"node/{i}").ToArray();
        await CommitAsync(nodes[0], [Absent("count"), .. keys.Select(Absent)], [new("count", "0"), .. keys.Select(static key => new GrantWrite(key, Text(each)))]);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<(string Key, long Version), string>();
        var moves = (await Task.WhenAll(nodes.Select((node, i) => Task.Run(() => MoveAsync(node, new Random(seed + i), keys, seen))))).Sum();
        var end = await nodes[0].CommitAsync(new GrantTransaction { Budget = Budget, ReadAll = true }, default);
        var values = end.Records.ToDictionary(static record => record.Key, static record => Number(record.Value));
        Assert.True(values["count"] == moves, $"seed {seed}: {moves} moves were acknowledged, {values["count"]} are written");
        Assert.True(values.Where(static pair => pair.Key != "count").Sum(static pair => pair.Value) == accounts * each, $"seed {seed}: {string.Join(' ', values)}");
        await DisposeAsync(nodes);
    }

    async Task<int> MoveAsync(IGrantStore node, Random random, string[] keys, System.Collections.Concurrent.ConcurrentDictionary<(string Key, long Version), string> seen)
    {
        var last = new Dictionary<string, long>();
        var moves = 0;
        GrantRecord[] state = [];
        for (var i = 0; i < Increments; i++)
        {
            var from = keys[random.Next(keys.Length)];
            var to = keys.Where(key => key != from).ElementAt(random.Next(keys.Length - 1));
            var values = state.ToDictionary(static record => record.Key);
            GrantTransaction transaction = new() { Budget = Budget, ReadAll = true };
            if (values.TryGetValue("count", out var count))
            {
                var (source, target) = (values.GetValueOrDefault(from), values.GetValueOrDefault(to));
                var amount = source is null ? 0 : random.Next(4) == 0 ? Number(source.Value) : Math.Min(1, Number(source.Value));
                var rest = (source is null ? 0 : Number(source.Value)) - amount;
                var sum = (target is null ? 0 : Number(target.Value)) + amount;

                // An empty account goes, and comes back with the next that is moved there.
                transaction = transaction with
                {
                    Expected = [new("count", count.Version), new(to, target?.Version ?? 0), new(from, source?.Version ?? 0)],
                    Writes = [new(from, rest == 0 ? null : Text(rest)), new("count", Text(Number(count.Value) + 1)), new(to, sum == 0 ? null : Text(sum))],
                };
            }

            var reply = await node.CommitAsync(transaction, CancellationToken.None);
            moves += reply.IsCommitted && transaction.Writes.Count > 0 ? 1 : 0;
            state = [.. reply.Records];
            foreach (var record in state)
            {
                Assert.Equal(record.Value, seen.GetOrAdd((record.Key, record.Version), record.Value));
                Assert.True(last.GetValueOrDefault(record.Key) <= record.Version, $"{record} after {last.GetValueOrDefault(record.Key)}");
                last[record.Key] = record.Version;
            }

            Assert.Equal(5000, state.Where(static record => record.Key != "count").Sum(static record => Number(record.Value)));
        }

        return moves;
    }

    [SkippableFact]
    public async Task A_watch_tells_that_it_stands_and_then_within_a_second_what_others_changed()
    {
        var nodes = await NodesAsync(2);
        using var stop = new CancellationTokenSource();
        using var told = new SemaphoreSlim(0);
        var watch = nodes[0].WatchAsync(Budget, "node/a", () => told.Release(), stop.Token);
        await TakeAsync(told, Patience);
        long version = 0;
        for (var i = 0; i < 5; i++)
        {
            while (await told.WaitAsync(0))
            {
            }

            // The watcher's store works on meanwhile.
            await Task.WhenAll(Enumerable.Range(0, i).Select(_ => ReadAsync(nodes[0], "node/a")));
            var reply = await CommitAsync(nodes[1], [new("node/a", version)], [new("node/a", Text(i))], notify: ["node/a"]);
            Assert.True(reply.IsCommitted);
            version = reply.Version;
            await TakeAsync(told, TimeSpan.FromSeconds(1));
        }

        Assert.False(watch.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.WaitAsync(Patience));
        await DisposeAsync(nodes);
    }

    [SkippableFact]
    public async Task Who_watches_a_record_is_told_if_another_is_written_for_it_and_not_of_what_it_writes_itself()
    {
        var nodes = await NodesAsync(2);
        using var stop = new CancellationTokenSource();
        using SemaphoreSlim a = new(0), b = new(0);
        Task[] watches = [nodes[0].WatchAsync(Budget, "node/a", () => a.Release(), stop.Token), nodes[0].WatchAsync(Budget, "node/b", () => b.Release(), stop.Token)];
        await TakeAsync(a, Patience);
        await TakeAsync(b, Patience);
        await CommitAsync(nodes[0], [Absent("node/a"), Absent("book")], [new("node/a", "1"), new("book", "1")]);
        await CommitAsync(nodes[1], [Absent("other")], [new("other", "1")], notify: ["node/b", .. Enumerable.Range(0, 200).Select(static i => $"many/{i}")]);
        await TakeAsync(b, TimeSpan.FromSeconds(1));
        Assert.Equal(0, a.CurrentCount);
        var all = await nodes[0].CommitAsync(new GrantTransaction { Budget = Budget, ReadAll = true }, CancellationToken.None);
        Assert.Equal(["book", "node/a", "other"], all.Records.Select(static record => record.Key).Order(StringComparer.Ordinal));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(watches).WaitAsync(Patience));
        await DisposeAsync(nodes);
    }

    [SkippableFact]
    public async Task Who_watches_is_told_of_its_own_key_only()
    {
        var nodes = await NodesAsync(2);
        using var stop = new CancellationTokenSource();
        using SemaphoreSlim a = new(0), b = new(0), elsewhere = new(0);
        Task[] watches =
        [
            nodes[0].WatchAsync(Budget, "node/a", () => a.Release(), stop.Token),
            nodes[0].WatchAsync(Budget, "node/b", () => b.Release(), stop.Token),
            nodes[0].WatchAsync(Budget + "-other", "node/b", () => elsewhere.Release(), stop.Token),
        ];
        await TakeAsync(a, Patience);
        await TakeAsync(b, Patience);
        await TakeAsync(elsewhere, Patience);
        await CommitAsync(nodes[1], [Absent("node/b")], [new("node/b", "1")], notify: ["node/b"]);
        await TakeAsync(b, Patience);
        await nodes[1].CommitAsync(
            new GrantTransaction { Budget = Budget + "-other", Expected = [Absent("node/b")], Writes = [new("node/b", "1")], Notify = ["node/b"] }, CancellationToken.None);
        await TakeAsync(elsewhere, Patience);
        Assert.Equal((0, 0, 0), (a.CurrentCount, b.CurrentCount, elsewhere.CurrentCount));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(watches).WaitAsync(Patience));
        await DisposeAsync(nodes);
    }

    [SkippableFact]
    public async Task A_commit_that_was_cancelled_leaves_the_store_usable()
    {
        await using var store = await NodeAsync();
        await ReadAsync(store, "book");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.CommitAsync(new GrantTransaction { Budget = Budget, ReadAll = true }, new CancellationToken(canceled: true)));
        for (var i = 0; i < 20; i++)
        {
            using var cancel = new CancellationTokenSource();
            var commit = store.CommitAsync(new GrantTransaction { Budget = Budget, ReadAll = true }, cancel.Token);
            for (var spins = 0; spins < i * 50; spins++)
            {
                Thread.SpinWait(100);
            }

            await cancel.CancelAsync();
            try
            {
                await commit.WaitAsync(Patience);
            }
            catch (OperationCanceledException)
            {
            }

            var key = string.Create(CultureInfo.InvariantCulture, $"after-{i}");
            Assert.True((await CommitAsync(store, [Absent(key)], [new(key, "1")]).WaitAsync(Patience)).IsCommitted);
        }
    }

    protected static async Task TakeAsync(SemaphoreSlim told, TimeSpan within) =>
        Assert.True(await told.WaitAsync(within), $"Nothing was told within {within.TotalSeconds} s.");

    async Task<IGrantStore[]> NodesAsync(int count)
    {
        var nodes = new IGrantStore[count];
        for (var i = 0; i < count; i++)
        {
            nodes[i] = await NodeAsync();
        }

        return nodes;
    }

    static async Task DisposeAsync(IGrantStore[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

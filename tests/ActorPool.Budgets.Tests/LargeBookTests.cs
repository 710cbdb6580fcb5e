using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Tests;

/// <summary>More nodes than fit into one request.</summary>
public sealed class LargeBookTests : ClusterTest
{
    const int Others = 150;

    [Fact]
    public void Who_lacks_more_than_can_be_asked_for_at_once_asks_in_several_requests()
    {
        Write(Enumerable.Range(0, Others).Select(static i => (Key(i), (object)new NodeRecord { Name = $"n{i}", Client = $"orders/n{i}/1", Beat = 1, Held = 1 })));
        var one = Join("a", static options => options.Connections = Others);

        // The others are written by this test: whoever is asked gives.
        Write([(BookKeys.Book, Book() with { IsReconciling = false, IsNew = false })]);
        var acquires = Acquire(one, Others);
        List<int> asked = [];
        World.RunUntil(() => Gave(asked) == Others, Seconds(4));

        Assert.Equal([GrantBook.AskedNodesMax, Others - GrantBook.AskedNodesMax], asked);
        World.RunUntil(() => Got(acquires) == Others, Seconds(4));
        Assert.Equal(ClusterBudgetState.Active, one.View.State);
    }

    /// <returns>How many have given in all.</returns>
    int Gave(List<int> asked)
    {
        var asks = Read().Where(static record => record.Key.StartsWith(BookKeys.NodePrefix, StringComparison.Ordinal))
            .Select(static record => (record.Key, Node: BookJson.ReadNode(record.Value)))
            .Where(static item => item.Node is { Asks.IsDefaultOrEmpty: false, Held: 1 } && item.Node.Name.StartsWith('n'))
            .ToList();
        if (asks.Count > 0)
        {
            asked.Add(asks.Count);
            foreach (var item in asks)
            {
                Write([(item.Key, item.Node with { Held = 0, Asks = [], Beat = item.Node.Beat + 1 }), (BookKeys.Book, Book() with { Free = Book().Free + 1 })]);
            }
        }

        return asked.Sum();
    }

    static string Key(int node) => $"{BookKeys.NodePrefix}n{node}/1";

    BookRecord Book() => System.Text.Json.JsonSerializer.Deserialize(Read().Single(static record => record.Key == BookKeys.Book).Value, BookJson.Default.BookRecord)!;

    IReadOnlyList<GrantRecord> Read() => Commit(new GrantTransaction { Budget = "orders", ReadAll = true }).Records;

    void Write(IEnumerable<(string Key, object Record)> records)
    {
        var versions = Read().ToDictionary(static record => record.Key, static record => record.Version, StringComparer.Ordinal);
        foreach (var part in records.Chunk(50))
        {
            var reply = Commit(new GrantTransaction
            {
                Budget = "orders",
                Expected = [.. part.Select(item => new GrantExpectation(item.Key, versions.GetValueOrDefault(item.Key)))],
                Writes = [.. part.Select(static item => new GrantWrite(item.Key, item.Record is NodeRecord node ? BookJson.Write(node) : BookJson.Write((BookRecord)item.Record)))],
            });
            Assert.True(reply.IsCommitted);
        }
    }

    GrantReply Commit(GrantTransaction transaction)
    {
        var commit = Engine.CommitAsync(transaction, CancellationToken.None);
        Assert.True(commit.IsCompletedSuccessfully);
        return commit.Result;
    }
}

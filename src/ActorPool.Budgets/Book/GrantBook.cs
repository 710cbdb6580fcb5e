using ActorPool.Budgets.Engines;

namespace ActorPool.Budgets.Book;

/// <summary>
/// Who holds how many grants, as a state machine that is kept in an engine: every step is a function from records as they were read
/// to a transaction, which the engine carries out if they are still so. Whoever changes what a node holds changes what is free
/// in the same transaction: both together make the book's size, in every state.
/// </summary>
/// <param name="Budget">The budget's name.</param>
/// <param name="Incarnation">The life of the engine that the records were read in.</param>
sealed record GrantBook(string Budget, string Incarnation)
{
    /// <summary>
    /// The last beat that the writer has ever tried to write. It never writes one twice, not even after it was fenced or the engine has lost
    /// some: who has seen a beat before takes it for silence since then.
    /// </summary>
    public long LastBeat { get; init; }

    /// <summary>How many nodes that follow it in the ring a node watches.</summary>
    public const int WatchedNodes = 3;

    /// <summary>How many others a node asks at once: its own record is written too, and that and the book are read.</summary>
    public const int AskedNodesMax = TransactionRules.KeysMax - 3;

    /// <summary>Reads the book, a node and those that it watches.</summary>
    public GrantTransaction Look(string key) => Transaction(key, [], []);

    /// <summary>Reads everything.</summary>
    public GrantTransaction LookAtAll() => new() { Budget = Budget, ReadAll = true };

    /// <summary>
    /// A node joins, and holds nothing yet. Who finds no book makes one, which grants nothing at first: there may have been one, and somebody
    /// may hold grants of it.
    /// </summary>
    /// <param name="book">The book; null: there is none.</param>
    /// <param name="key">The node's key, which must be free.</param>
    /// <param name="node">The node.</param>
    /// <param name="max">How many grants there shall be.</param>
    /// <param name="strangers">How many grants others hold without a book.</param>
    /// <param name="nodes">How many others there are without a book.</param>
    public GrantTransaction Join(Entry<BookRecord>? book, string key, NodeRecord node, int max, int strangers = 0, int nodes = 0)
    {
        var before = book?.Record ?? new BookRecord
        {
            Incarnation = Incarnation,
            Epoch = 1,
            IsReconciling = true,
            IsNew = nodes == 0,
            Max = max,
            Free = max - strangers,
            Nodes = nodes,
        };
        var after = before with { Max = max, Free = before.Free + max - before.Max, Nodes = before.Nodes + 1 };
        return Transaction(
            key,
            [new GrantExpectation(BookKeys.Book, book?.Version ?? 0), new GrantExpectation(key, 0)],
            [Write(after), Write(key, node with { Held = 0 })]);
    }

    /// <summary>A node says that it is there, and what it wants; what others have asked of it is answered with that.</summary>
    public GrantTransaction Renew(Entry<NodeRecord> node, int wanted, bool keepAsks) => Transaction(
        node.Key, [node.Expected], [Write(node.Key, Said(node, wanted) with { Asks = keepAsks ? node.Record.Asks : [] })]);

    /// <summary>A node takes free grants.</summary>
    public GrantTransaction Take(Entry<BookRecord> book, Entry<NodeRecord> node, int wanted, int count)
    {
        var after = Said(node, wanted);
        return Transaction(
            node.Key,
            [book.Expected, node.Expected],
            [Write(Freed(book, -count)), Write(node.Key, after with { Held = after.Held + count, Asks = node.Record.Asks })]);
    }

    /// <summary>A node gives grants back; what others have asked of it is answered with that.</summary>
    public GrantTransaction GiveBack(Entry<BookRecord> book, Entry<NodeRecord> node, int wanted, int count)
    {
        var after = Said(node, wanted);
        return Transaction(
            node.Key,
            [book.Expected, node.Expected],
            [Write(Freed(book, count)), Write(node.Key, after with { Held = after.Held - count })]) with
        {
            Notify = [.. node.Record.Asks.Select(static ask => ask.By).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>A node asks others for grants.</summary>
    /// <param name="node">Who asks.</param>
    /// <param name="wanted">How many it wants in all.</param>
    /// <param name="asks">Whom, and for how many; <see cref="AskedNodesMax"/> at most.</param>
    public GrantTransaction Ask(Entry<NodeRecord> node, int wanted, IReadOnlyList<(Entry<NodeRecord> Of, GrantAsk Ask)> asks) => Transaction(
        node.Key,
        [node.Expected, .. asks.Select(static item => item.Of.Expected)],
        [
            Write(node.Key, Said(node, wanted) with { Asks = node.Record.Asks }),
            .. asks.Select(static item => Write(
                item.Of.Key, item.Of.Record with { Asks = [.. item.Of.Record.Asks.Where(ask => ask.By != item.Ask.By), item.Ask] })),
        ]) with
    {
        Notify = [.. asks.Select(static item => item.Of.Key)],
    };

    /// <summary>A silent node is kept from renewing: unless it has renewed since, its grants are not its own any more.</summary>
    public GrantTransaction Fence(string key, Entry<NodeRecord> silent) => Transaction(
        key, [silent.Expected], [Write(silent.Key, silent.Record with { IsFenced = true, Asks = [] })]) with
    { Notify = [silent.Key] };

    /// <summary>A node goes, and its grants are free: one that leaves, or one that is fenced and whose connections are gone.</summary>
    public GrantTransaction Remove(string key, Entry<BookRecord> book, Entry<NodeRecord> node)
    {
        var freed = Freed(book, node.Record.Held);
        return Transaction(
            key, [book.Expected, node.Expected], [Write(freed with { Nodes = Math.Max(0, freed.Nodes - 1) }), new GrantWrite(node.Key, null)]);
    }

    /// <summary>The grants of a fenced node are free, and its record stays: it has connections, as many as it may have without the engine.</summary>
    public GrantTransaction SetAdrift(string key, Entry<BookRecord> book, Entry<NodeRecord> fenced) => Transaction(
        key,
        [book.Expected, fenced.Expected],
        [Write(Freed(book, fenced.Record.Held)), Write(fenced.Key, fenced.Record with { Held = 0, IsAdrift = true })]);

    /// <summary>The engine may have lost writes: nothing is granted until whoever holds grants has had time to say so.</summary>
    /// <param name="key">Who says so.</param>
    /// <param name="book">The book.</param>
    /// <param name="epochSeen">The latest epoch that it has seen.</param>
    public GrantTransaction Reconcile(string key, Entry<BookRecord> book, int epochSeen) => Transaction(
        key, [book.Expected], [Write(Reconciling(book) with { Epoch = Math.Max(book.Record.Epoch, epochSeen) + 1 })]);

    /// <summary>A node's record is not what it was when it was last written: the node says what it holds.</summary>
    /// <param name="book">The book.</param>
    /// <param name="found">The node's record as it is now; null: it is gone.</param>
    /// <param name="key">The node's key.</param>
    /// <param name="node">What it should be.</param>
    public GrantTransaction Reassert(Entry<BookRecord> book, Entry<NodeRecord>? found, string key, NodeRecord node)
    {
        var after = Reconciling(book);
        return Transaction(
            key,
            [book.Expected, new GrantExpectation(key, found?.Version ?? 0)],
            [
                Write(after with
                {
                    Free = after.Free + (found?.Record.Held ?? 0) - node.Held,
                    Nodes = after.Nodes + (found is null ? 1 : 0),
                }),
                Write(key, node),
            ]);
    }

    /// <summary>The book is gone, and those who remain make another.</summary>
    /// <param name="found">The node's record as it is now; null: it is gone too.</param>
    /// <param name="key">The node's key.</param>
    /// <param name="node">What it should be.</param>
    /// <param name="others">The records of others that are still there.</param>
    /// <param name="max">How many grants there shall be.</param>
    /// <param name="epochSeen">The latest epoch that the node has seen.</param>
    public GrantTransaction MakeBook(
        Entry<NodeRecord>? found, string key, NodeRecord node, IReadOnlyCollection<Entry<NodeRecord>> others, int max, int epochSeen)
    {
        var book = new BookRecord
        {
            Incarnation = Incarnation,
            Epoch = epochSeen + 1,
            IsReconciling = true,
            Max = max,
            Free = max - node.Held - others.Sum(static other => other.Record.Held),
            Nodes = others.Count + 1,
        };
        return Transaction(
            key,
            [new GrantExpectation(BookKeys.Book, 0), new GrantExpectation(key, found?.Version ?? 0)],
            [Write(book), Write(key, node)]);
    }

    /// <summary>Whoever holds grants has had time to say so: grants flow again.</summary>
    public GrantTransaction Settle(string key, Entry<BookRecord> book) => Transaction(
        key, [book.Expected], [Write(book.Record with { IsReconciling = false, IsNew = false })]);

    BookRecord Reconciling(Entry<BookRecord> book) => book.Record with
    {
        Incarnation = Incarnation,
        Epoch = book.Record.IsReconciling && book.Record.Incarnation == Incarnation ? book.Record.Epoch : book.Record.Epoch + 1,
        IsReconciling = true,
        IsNew = false,
    };

    static BookRecord Freed(Entry<BookRecord> book, int count) => book.Record with { Free = book.Record.Free + count };

    NodeRecord Said(Entry<NodeRecord> node, int wanted) =>
        node.Record with { Beat = Math.Max(node.Record.Beat, LastBeat) + 1, Wanted = wanted, Asks = [] };

    static GrantWrite Write(BookRecord book) => new(BookKeys.Book, BookJson.Write(book));

    static GrantWrite Write(string key, NodeRecord node) => new(key, BookJson.Write(node));

    GrantTransaction Transaction(string key, IReadOnlyList<GrantExpectation> expected, IReadOnlyList<GrantWrite> writes) => new()
    {
        Budget = Budget,
        Incarnation = writes.Count == 0 ? null : Incarnation,
        Expected = expected,
        Writes = writes,
        Read = [BookKeys.Book, key],
        ReadAfter = key,
        ReadAfterCount = WatchedNodes,
        ReadAfterPrefix = BookKeys.NodePrefix,
    };
}

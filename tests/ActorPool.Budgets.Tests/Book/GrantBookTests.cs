using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Tests.Book;

/// <summary>Every step of the book keeps what is free and what is held one sum, and none is carried out on records that have changed.</summary>
public sealed class GrantBookTests : IAsyncDisposable
{
    const int Max = 10;

    readonly InMemoryGrantStore _store = new();
    GrantBook _steps = new("orders", "");

    public async ValueTask DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Who_finds_no_book_makes_one_that_grants_nothing_yet()
    {
        await JoinAsync("a");

        var page = await ReadAsync();
        Assert.Equal((Max, Max, 1, true, true), (page.Book!.Record.Max, page.Book.Record.Free, page.Book.Record.Nodes, page.Book.Record.IsReconciling, page.Book.Record.IsNew));
    }

    [Fact]
    public async Task A_book_that_is_made_beside_records_of_others_knows_what_they_hold()
    {
        await JoinAsync("a");
        await TakeAsync("a", 4);
        var book = (await ReadAsync()).Book!;
        await CommitAsync(new GrantTransaction { Budget = "orders", Expected = [book.Expected], Writes = [new(BookKeys.Book, null)] });

        var strangers = (await ReadAsync()).Nodes;
        await CommitAsync(_steps.Join(null, Key("b"), Node("b"), Max, strangers.Sum(static node => node.Record.Held), strangers.Count));

        Assert.Equal((6, 2), ((await ReadAsync()).Book!.Record.Free, (await ReadAsync()).Book!.Record.Nodes));
    }

    [Fact]
    public async Task Grants_that_are_taken_given_back_and_freed_are_always_one_sum()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        await TakeAsync("a", 6);
        await TakeAsync("b", 3);
        var page = await ReadAsync();
        await CommitAsync(_steps.GiveBack(page.Book!, page.Node(Key("a"))!, 4, 2));
        Assert.Equal((4, 3, 3), await HeldAsync());

        page = await ReadAsync();
        await CommitAsync(_steps.Fence(Key("a"), page.Node(Key("b"))!));
        page = await ReadAsync();
        Assert.True(page.Node(Key("b"))!.Record.IsFenced);
        await CommitAsync(_steps.Remove(Key("a"), page.Book!, page.Node(Key("b"))!));

        Assert.Equal((4, 0, 6), await HeldAsync());
        Assert.Equal(1, (await ReadAsync()).Book!.Record.Nodes);
    }

    [Fact]
    public async Task The_grants_of_a_node_that_lives_on_its_floor_are_free_and_its_number_is_not()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        await TakeAsync("b", 3);
        var page = await ReadAsync();
        await CommitAsync(_steps.Fence(Key("a"), page.Node(Key("b"))!));
        page = await ReadAsync();
        await CommitAsync(_steps.SetAdrift(Key("a"), page.Book!, page.Node(Key("b"))!));

        Assert.Equal((0, 0, 10), await HeldAsync());
        page = await ReadAsync();
        Assert.Equal(2, page.Book!.Record.Nodes);
        Assert.True(page.Node(Key("b"))!.Record is { IsFenced: true, IsAdrift: true });
        Assert.False(await TryAsync(_steps.Join(page.Book, Key("b"), Node("b"), Max)));
    }

    [Fact]
    public async Task A_node_that_has_renewed_since_it_was_seen_cannot_be_fenced_and_one_that_is_fenced_cannot_renew()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        var seen = await ReadAsync();
        await CommitAsync(_steps.Renew(seen.Node(Key("b"))!, 0, keepAsks: false));
        Assert.False(await TryAsync(_steps.Fence(Key("a"), seen.Node(Key("b"))!)));

        var page = await ReadAsync();
        await CommitAsync(_steps.Fence(Key("a"), page.Node(Key("b"))!));

        Assert.False(await TryAsync(_steps.Renew(page.Node(Key("b"))!, 0, keepAsks: false)));
    }

    [Fact]
    public async Task Of_two_who_take_the_same_free_grants_one_gets_them()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        var page = await ReadAsync();

        Assert.True(await TryAsync(_steps.Take(page.Book!, page.Node(Key("a"))!, 10, 10)));
        Assert.False(await TryAsync(_steps.Take(page.Book!, page.Node(Key("b"))!, 10, 10)));
    }

    [Fact]
    public async Task A_node_that_comes_with_another_size_changes_what_is_free_and_nothing_that_is_held()
    {
        await JoinAsync("a");
        await TakeAsync("a", 8);

        await JoinAsync("b", max: 6);

        Assert.Equal((8, 0, -2), await HeldAsync());
        Assert.Equal(6, (await ReadAsync()).Book!.Record.Max);
    }

    [Fact]
    public async Task What_is_asked_of_a_node_stays_until_it_has_answered_and_is_one_wish_for_each_who_asks()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        foreach (var count in new[] { 3, 5 })
        {
            var page = await ReadAsync();
            await CommitAsync(_steps.Ask(page.Node(Key("b"))!, count, [(page.Node(Key("a"))!, new GrantAsk(Key("b"), count, Keep: 2))]));
        }

        var asked = (await ReadAsync()).Node(Key("a"))!;
        Assert.Equal(new GrantAsk(Key("b"), 5, Keep: 2), Assert.Single(asked.Record.Asks));

        await CommitAsync(_steps.Renew(asked, 0, keepAsks: true));
        Assert.Single((await ReadAsync()).Node(Key("a"))!.Record.Asks);
        await CommitAsync(_steps.Renew((await ReadAsync()).Node(Key("a"))!, 0, keepAsks: false));
        Assert.Empty((await ReadAsync()).Node(Key("a"))!.Record.Asks);
    }

    [Fact]
    public async Task A_lost_record_that_is_written_again_is_counted_again_and_nothing_is_granted_meanwhile()
    {
        await JoinAsync("a");
        await JoinAsync("b");
        await TakeAsync("a", 7);
        var lost = (await ReadAsync()).Node(Key("a"))!;
        var page = await ReadAsync();
        await CommitAsync(_steps.Remove(Key("b"), page.Book!, lost));
        Assert.Equal(10, (await ReadAsync()).Book!.Record.Free);

        await CommitAsync(_steps.Reassert((await ReadAsync()).Book!, found: null, Key("a"), lost.Record));

        var after = (await ReadAsync()).Book!.Record;
        Assert.Equal((3, 2, true), (after.Free, after.Nodes, after.IsReconciling));
        await CommitAsync(_steps.Settle(Key("a"), (await ReadAsync()).Book!));
        Assert.False((await ReadAsync()).Book!.Record.IsReconciling);
    }

    [Fact]
    public async Task Records_of_another_form_are_not_read()
    {
        await JoinAsync("a");
        var book = (await ReadAsync()).Book!;
        await CommitAsync(new GrantTransaction
        {
            Budget = "orders",
            Expected = [book.Expected],
            Writes = [new(BookKeys.Book, BookJson.Write(book.Record with { Form = 2 }))],
        });

        Assert.False(BookPage.TryRead(await _store.CommitAsync(_steps.LookAtAll(), CancellationToken.None), out _, out var unreadable));
        Assert.Equal(BookKeys.Book, unreadable);
    }

    static string Key(string name) => BookKeys.NodePrefix + name;

    static NodeRecord Node(string name) => new() { Name = name, Client = $"orders/{name}/1", Beat = 1 };

    async Task JoinAsync(string name, int max = Max)
    {
        var page = await ReadAsync();
        await CommitAsync(_steps.Join(page.Book, Key(name), Node(name), max));
    }

    async Task TakeAsync(string name, int count)
    {
        var page = await ReadAsync();
        await CommitAsync(_steps.Take(page.Book!, page.Node(Key(name))!, count, count));
    }

    async Task<(int A, int B, int Free)> HeldAsync()
    {
        var page = await ReadAsync();
        Assert.Equal(page.Book!.Record.Max, page.Book.Record.Free + page.Nodes.Sum(static node => node.Record.Held));
        return (page.Node(Key("a"))?.Record.Held ?? 0, page.Node(Key("b"))?.Record.Held ?? 0, page.Book.Record.Free);
    }

    async Task<BookPage> ReadAsync()
    {
        Assert.True(BookPage.TryRead(await _store.CommitAsync(_steps.LookAtAll(), CancellationToken.None), out var page, out _));
        _steps = _steps with { Incarnation = page.Incarnation };
        return page;
    }

    async Task CommitAsync(GrantTransaction transaction) => Assert.True(await TryAsync(transaction));

    async Task<bool> TryAsync(GrantTransaction transaction) => (await _store.CommitAsync(transaction, CancellationToken.None)).IsCommitted;
}

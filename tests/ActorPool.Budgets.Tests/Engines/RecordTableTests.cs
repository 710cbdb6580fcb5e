using ActorPool.Budgets.Engines;

namespace ActorPool.Budgets.Tests.Engines;

/// <summary>What <see cref="GrantStoreContract"/> does not see of it: how records come from elsewhere, and go there.</summary>
public sealed class RecordTableTests
{
    [Fact]
    public void Versions_go_on_above_the_one_that_it_began_with()
    {
        var table = new RecordTable("second", version: 1L << 32);
        table.Load("orders", [new GrantRecord("book", "1", 7)]);
        var reply = table.Apply(Write(new GrantExpectation("book", 7), new GrantWrite("book", "2")));
        Assert.True(reply.IsCommitted);
        Assert.Equal((1L << 32) + 1, reply.Version);
        Assert.Equal(reply.Version, table.Version);
    }

    [Fact]
    public void What_was_loaded_is_what_there_is_and_nothing_of_before()
    {
        var table = new RecordTable("first");
        table.Apply(Write(new GrantExpectation("node/old", 0), new GrantWrite("node/old", "1")));
        table.Load("orders", [new GrantRecord("node/b", "b", 2), new GrantRecord("book", "1", 1)]);
        Assert.Equal(["book", "node/b"], table.Of("orders").Select(static record => record.Key));
        Assert.Equal(["orders"], table.Budgets);
    }

    [Fact]
    public void A_writer_of_the_life_before_writes_nothing_and_sees_what_there_is()
    {
        var table = new RecordTable("second", version: 10);
        table.Load("orders", [new GrantRecord("book", "1", 7)]);
        var reply = table.Apply(Write(new GrantExpectation("book", 7), new GrantWrite("book", "2")) with { Incarnation = "first", Read = ["book"] });
        Assert.False(reply.IsCommitted);
        Assert.Equal("second", reply.Incarnation);
        Assert.Equal([new GrantRecord("book", "1", 7)], reply.Records);
        Assert.Equal(10, table.Version);
    }

    static GrantTransaction Write(GrantExpectation expected, GrantWrite write) => new() { Budget = "orders", Expected = [expected], Writes = [write] };
}

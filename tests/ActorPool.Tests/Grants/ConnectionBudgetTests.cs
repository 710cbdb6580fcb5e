using ActorPool.TestKit;
using ActorPool.Tests.Net;

namespace ActorPool.Tests.Grants;

/// <summary>One cap over several pools: never exceeded, never idle while somebody wants, fair.</summary>
public sealed class ConnectionBudgetTests
{
    readonly VirtualRuntime _world = new();

    [Fact]
    public void A_wanted_grant_is_given_while_there_is_room()
    {
        var budget = new ConnectionBudget(5, _world.Runtime);
        var orders = Join(budget, "orders");

        Want(orders, 3);

        Assert.Equal(3, orders.Held);
        Assert.Empty(orders.Asked);
        Assert.Equal(
            (5, 3, new BudgetMemberSnapshot("orders", 3, 3)),
            (budget.Snapshot().Max, budget.Snapshot().Granted, Assert.Single(budget.Snapshot().Members)));
        Assert.Equal("3 of 5 connections granted to 1 pools", budget.Snapshot().ToString());
    }

    [Fact]
    public void No_more_than_the_cap_is_granted_and_what_is_returned_goes_to_who_wants_it()
    {
        var budget = new ConnectionBudget(4, _world.Runtime);
        var one = Join(budget, "one");
        var other = Join(budget, "other");
        one.Busy = 4;
        Want(one, 4);
        Want(other, 2);
        Assert.Equal((4, 0), (one.Held, other.Held));

        one.Want(3);
        one.Return(1);
        _world.Run();

        Assert.Equal((3, 1), (one.Held, other.Held));
    }

    [Fact]
    public void Grants_travel_together_when_they_are_free_together()
    {
        var calls = new List<int>();
        var budget = new ConnectionBudget(100, _world.Runtime);
        var one = Join(budget, "one");
        one.OnGranted = calls.Add;

        Want(one, 60);

        Assert.Equal([60], calls);
    }

    [Fact]
    public void A_free_grant_goes_to_who_has_fewest()
    {
        var budget = new ConnectionBudget(6, _world.Runtime);
        ScriptedMember[] members = [Join(budget, "a"), Join(budget, "b"), Join(budget, "c")];
        Array.ForEach(members, member => member.Busy = 6);
        Want(members[0], 4);
        Want(members[1], 1);
        Want(members[2], 1);
        Array.ForEach(members, member => member.Want(6));
        _world.Run();
        Assert.Equal([4, 1, 1], members.Select(member => member.Held));

        members[0].Return(2);
        _world.Run();

        Assert.Equal([2, 2, 2], members.Select(member => member.Held));
    }

    [Fact]
    public void Of_those_that_have_as_few_it_goes_to_who_has_waited_longest_for_one()
    {
        var budget = new ConnectionBudget(1, _world.Runtime);
        ScriptedMember[] members = [Join(budget, "a"), Join(budget, "b"), Join(budget, "c")];
        Array.ForEach(members, member => Want(member, 1));

        var order = new List<string>();
        for (var turn = 0; turn < 6; turn++)
        {
            var holder = Assert.Single(members, member => member.Held == 1);
            order.Add(holder.Name);
            holder.Return(1);
            _world.Run();
        }

        Assert.Equal(["a", "b", "c", "a", "b", "c"], order);
    }

    [Fact]
    public void Who_holds_more_than_its_share_is_asked_for_what_others_lack_of_theirs()
    {
        var budget = new ConnectionBudget(6, _world.Runtime);
        var one = Join(budget, "one");
        Want(one, 6);
        var other = Join(budget, "other");

        Want(other, 5);

        Assert.Equal([3], one.Asked);
        Assert.Empty(other.Asked);
        Assert.Equal((3, 3), (one.Held, other.Held));
        AssertNoTimerIsLeft();
    }

    [Fact]
    public void The_largest_holders_are_asked_first()
    {
        var budget = new ConnectionBudget(9, _world.Runtime);
        var most = Join(budget, "most");
        Want(most, 5);
        var many = Join(budget, "many");
        Want(many, 4);
        most.Busy = many.Busy = 9;

        Want(Join(budget, "none"), 1);
        Assert.Equal(("1", ""), (most.Asks, many.Asks));

        Want(Join(budget, "none either"), 1);
        Assert.Equal(("1", "1"), (most.Asks, many.Asks));
    }

    [Fact]
    public void What_has_been_asked_for_is_not_asked_again_until_a_while_has_passed()
    {
        var budget = new ConnectionBudget(4, _world.Runtime);
        var one = Join(budget, "one");
        one.Busy = 4;
        Want(one, 4);
        var other = Join(budget, "other");

        Want(other, 1);
        Want(other, 2);
        Want(other, 3);
        _world.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal([1, 1], one.Asked);

        _world.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([1, 1, 2], one.Asked);

        one.Busy = 0;
        _world.Advance(TimeSpan.FromMilliseconds(1_000));
        Assert.Equal((2, 2), (one.Held, other.Held));
        AssertNoTimerIsLeft();
    }

    [Fact]
    public void Who_could_not_give_back_is_asked_after_the_others()
    {
        var budget = new ConnectionBudget(9, _world.Runtime);
        var busy = Join(budget, "busy");
        busy.Busy = 5;
        Want(busy, 5);
        var idle = Join(budget, "idle");
        Want(idle, 4);
        Want(busy, 1);
        Want(idle, 1);
        var late = Join(budget, "late");

        Want(late, 1);
        Assert.Equal((0, "1", ""), (late.Held, busy.Asks, idle.Asks));
        _world.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, "1", "1"), (late.Held, busy.Asks, idle.Asks));
    }

    [Fact]
    public void Who_holds_more_than_it_wants_keeps_it_until_others_want_it()
    {
        var budget = new ConnectionBudget(4, _world.Runtime);
        var idle = Join(budget, "idle");
        Want(idle, 4);
        Want(idle, 1);
        var other = Join(budget, "other");
        Assert.Equal(4, idle.Held);

        Want(other, 3);

        Assert.Equal(("3", 1, 3), (idle.Asks, idle.Held, other.Held));
    }

    [Fact]
    public void A_single_connection_is_not_taken_from_who_has_it()
    {
        var budget = new ConnectionBudget(2, _world.Runtime);
        ScriptedMember[] members = [Join(budget, "a"), Join(budget, "b"), Join(budget, "c")];

        Array.ForEach(members, member => Want(member, 1));
        _world.Advance(TimeSpan.FromMinutes(1));

        Assert.All(members, member => Assert.Empty(member.Asked));
        Assert.Equal([1, 1, 0], members.Select(member => member.Held));
    }

    [Fact]
    public void Who_leaves_returns_everything_and_hears_no_more()
    {
        var budget = new ConnectionBudget(3, _world.Runtime);
        var one = Join(budget, "one");
        one.Busy = 3;
        Want(one, 3);
        var other = Join(budget, "other");
        Want(other, 3);

        one.Share.Dispose();
        one.Share.Dispose();
        one.Share.Want(3);
        one.Share.Return(1);
        _world.Run();

        Assert.Equal((3, 3), (other.Held, budget.Snapshot().Granted));
        Assert.Equal("other", Assert.Single(budget.Snapshot().Members).Name);
        AssertNoTimerIsLeft();
    }

    [Fact]
    public void A_grant_under_way_to_who_leaves_is_not_told_and_not_lost()
    {
        var budget = new ConnectionBudget(1, _world.Runtime);
        var one = Join(budget, "one");
        var other = Join(budget, "other");
        one.Want(1);
        other.Want(1);

        one.Share.Dispose();
        _world.Run();

        Assert.Equal((0, 1), (one.Held, other.Held));
    }

    [Fact]
    public void A_lower_cap_grants_nothing_until_it_is_kept_and_asks_for_what_is_too_much()
    {
        var budget = new ConnectionBudget(8, _world.Runtime);
        var one = Join(budget, "one");
        var other = Join(budget, "other");
        one.Busy = 6;
        other.Busy = 2;
        Want(one, 6);
        Want(other, 2);

        budget.Resize(4);
        _world.Run();
        Assert.Equal(("4", ""), (one.Asks, other.Asks));
        Assert.Equal((4, 8), (budget.Snapshot().Max, budget.Snapshot().Granted));

        one.Return(3);
        _world.Run();
        Assert.Equal((3, 2), (one.Held, other.Held));

        one.Return(1);
        _world.Run();
        Assert.Equal((2, 2), (one.Held, other.Held));
        AssertNoTimerIsLeft();
    }

    [Fact]
    public void A_higher_cap_is_shared_out_at_once()
    {
        var budget = new ConnectionBudget(1, _world.Runtime);
        var one = Join(budget, "one");
        Want(one, 3);

        budget.Resize(10);
        _world.Run();

        Assert.Equal(3, one.Held);
    }

    [Fact]
    public void Returning_more_than_was_granted_is_refused_and_changes_nothing()
    {
        var budget = new ConnectionBudget(3, _world.Runtime);
        var one = Join(budget, "one");
        Want(one, 2);

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => one.Share.Return(3));

        Assert.StartsWith("Pool 'one' returns 3 grants of its connection budget but has 2.", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, budget.Snapshot().Granted);
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Share.Return(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Share.Want(-1));
        one.Return(2);
    }

    [Fact]
    public void A_member_that_throws_is_logged_and_does_not_keep_others_from_their_grants()
    {
        using var logger = new ListLogger();
        var world = new VirtualRuntime(1, logger);
        var budget = new ConnectionBudget(3, world.Runtime);
        var one = Join(budget, "one");
        var other = Join(budget, "other");
        one.Throws = new InvalidOperationException("no");

        one.Want(1);
        other.Want(2);
        world.Run();

        Assert.Equal(2, other.Held);
        Assert.Equal(3, budget.Snapshot().Granted);
        Assert.StartsWith("Pool 'one' threw", Assert.Single(logger.Entries, entry => entry.Id.Id == 600).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_is_never_called_inside_the_turn_nor_before_its_call_returns()
    {
        var budget = new ConnectionBudget(2, _world.Runtime);
        var one = Join(budget, "one");

        one.Want(2);
        Assert.Equal(0, one.Held);

        // From within a call of the budget's, it may speak to the budget, snapshots included.
        one.OnGranted = _ => one.Want(budget.Snapshot().Granted);
        _world.Run();
        Assert.Equal((2, 2), (one.Held, one.Wanted));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void A_cap_that_makes_no_sense_is_refused(int max)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionBudget(max));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionBudget(1).Resize(max));
    }

    static ScriptedMember Join(ConnectionBudget budget, string name) => new(budget, name);

    void AssertNoTimerIsLeft()
    {
        _world.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_world.Time.NextTimerIn);
    }

    void Want(ScriptedMember member, int total)
    {
        member.Want(total);
        _world.Run();
    }
}

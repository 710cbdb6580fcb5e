using ActorPool.TestKit;

namespace ActorPool.Tests.Grants;

/// <summary>A budget that orders grants back, and those who watch one.</summary>
public sealed class RecallTests
{
    readonly VirtualRuntime _world = new();

    [Fact]
    public void What_is_above_a_new_cap_is_ordered_back_from_who_has_most_above_its_share()
    {
        var budget = new ConnectionBudget(10, _world.Runtime);
        var (large, small) = (Join(budget, "large", 8), Join(budget, "small", 2));

        budget.Resize(6, EvictMode.Soft);
        _world.Run();

        Assert.Equal((4, EvictMode.Soft), Assert.Single(large.Recalls));
        Assert.Empty(small.Recalls);
        Assert.Equal((4, 2, 6), (large.Held, small.Held, budget.Snapshot().Granted));
    }

    [Fact]
    public void A_harder_order_is_told_though_a_soft_one_is_still_carried_out()
    {
        var budget = new ConnectionBudget(4, _world.Runtime);
        var pool = Join(budget, "pool", 4);
        pool.Busy = 4;

        budget.Resize(1, EvictMode.Soft);
        _world.Run();
        Assert.Equal(4, pool.Held);
        budget.Resize(1, EvictMode.Hard);
        _world.Run();

        Assert.Equal([(1, EvictMode.Soft), (1, EvictMode.Hard)], pool.Recalls);
        Assert.Equal(1, pool.Held);
    }

    [Fact]
    public void A_higher_cap_ends_the_order()
    {
        var budget = new ConnectionBudget(4, _world.Runtime);
        var pool = Join(budget, "pool", 4);
        pool.Busy = 4;
        budget.Resize(0, EvictMode.Soft);
        _world.Run();

        budget.Resize(4);
        _world.Run();

        Assert.Equal(4, pool.Held);
        Assert.True(pool.Recalls[^1].Total >= 4);
    }

    [Fact]
    public void Nothing_is_granted_under_a_cap_of_zero_and_everything_wanted_as_soon_as_it_is_raised()
    {
        var budget = new ConnectionBudget(0, _world.Runtime);
        var pool = Join(budget, "pool", 3);
        Assert.Equal(0, pool.Held);

        budget.Resize(2);
        _world.Run();

        Assert.Equal(2, pool.Held);
    }

    [Fact]
    public void Who_watches_is_told_of_the_present_state_and_of_every_change_until_he_stops()
    {
        var budget = new ConnectionBudget(5, _world.Runtime);
        var seen = new List<BudgetSnapshot>();
        var watch = budget.Watch(seen.Add);
        _world.Run();
        Assert.Equal((5, 0), (Assert.Single(seen).Max, seen[0].Granted));

        var pool = Join(budget, "pool", 3);
        Assert.Equal((3, 3), (seen[^1].Granted, seen[^1].Members[0].Wanted));
        pool.Return(1);
        _world.Run();
        Assert.Equal(3, seen[^1].Granted);
        budget.Resize(2, EvictMode.Soft);
        _world.Run();
        Assert.Equal((2, 2), (seen[^1].Max, seen[^1].Granted));

        watch.Dispose();
        var told = seen.Count;
        budget.Resize(5);
        _world.Run();
        Assert.Equal(told, seen.Count);
    }

    [Fact]
    public void A_watcher_that_throws_is_told_of_the_next_change_all_the_same()
    {
        var budget = new ConnectionBudget(5, _world.Runtime);
        var told = 0;
        using var watch = budget.Watch(_ =>
        {
            told++;
            throw new InvalidOperationException("a watcher's own");
        });
        _world.Run();

        Join(budget, "pool", 1);

        Assert.True(told >= 2, $"told {told} times");
    }

    ScriptedMember Join(ConnectionBudget budget, string name, int wanted)
    {
        var member = new ScriptedMember(budget, name);
        member.Want(wanted);
        _world.Run();
        return member;
    }
}

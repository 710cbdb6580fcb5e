using ActorPool.Budgets.Book;
using ActorPool.TestKit;

namespace ActorPool.Budgets.Tests;

/// <summary>Whole nodes with whole pools: what their users see of one budget over many machines.</summary>
public sealed class ClusterBudgetTests : ClusterTest
{
    [Fact]
    public void A_new_book_grants_nothing_before_whoever_had_grants_has_had_time_to_say_so()
    {
        var node = Join("a");
        var acquires = Acquire(node, 3);

        World.Advance(Seconds(11.9));
        Assert.Equal((0, 0), (Got(acquires), Size));
        World.RunUntil(() => Got(acquires) == 3, Seconds(5));
        Assert.Equal((3, ClusterBudgetState.Active), (node.View.Held, node.View.State));
    }

    [Fact]
    public void All_nodes_together_have_no_more_than_the_budget()
    {
        var one = Found("a");
        var other = Join("b");

        var (ones, others) = (Acquire(one, 8), Acquire(other, 8));
        World.Advance(Seconds(5));

        Assert.Equal((10, 10), (Got(ones) + Got(others), Size));
        Assert.Equal(0, one.View.Free);
    }

    [Fact]
    public void What_one_node_does_not_need_reaches_another_that_does_within_a_second()
    {
        var one = Found("a");
        var other = Join("b");
        Settled(Acquire(one, 10)).ForEach(static lease => lease.Result.Dispose());

        World.Advance(Seconds(2));
        Assert.Equal((10, 10), (one.Pool.Snapshot().Idle, one.View.Held));

        var acquires = Acquire(other, 10);
        World.RunUntil(() => Got(acquires) == 10, Seconds(1));
        Assert.Equal(10, Size);
    }

    [Fact]
    public void Grants_go_on_a_tenth_of_a_second_after_their_connections_have_closed()
    {
        var one = Found("a");
        var other = Join("b");
        Settled(Acquire(one, 10)).ForEach(static lease => lease.Result.Dispose());
        World.Advance(Seconds(2));

        Acquire(other, 10);
        World.RunUntil(() => one.Size == 0, Seconds(1));
        World.Advance(Seconds(0.099));
        Assert.Equal((10, 0), (one.View.Held, other.View.Held));
        World.RunUntil(() => other.View.Held == 10, Seconds(0.1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    public void A_node_that_starves_while_nobody_has_anything_to_spare_asks_again_at_the_next_poll(double later)
    {
        var one = Found("a");
        var other = Join("b");
        var (ones, others) = (Acquire(one, 5), Acquire(other, 10));
        World.RunUntil(() => Got(ones) + Got(others) == 10, Seconds(5));
        World.Advance(Seconds(2 + later));
        Assert.Equal(5, Got(others));

        ones.ForEach(static lease => lease.Result.Dispose());

        World.RunUntil(() => Got(others) == 10, Seconds(1));
    }

    [Fact]
    public void What_became_idle_on_several_nodes_reaches_one_that_has_its_equal_share_already()
    {
        var (one, other, third) = (Found("a"), Join("b"), Join("c"));
        var idle = Settled([.. Acquire(one, 3), .. Acquire(other, 3)]);
        var acquires = Acquire(third, 4);
        World.RunUntil(() => Got(acquires) == 4, Seconds(5));
        idle.ForEach(static lease => lease.Result.Dispose());
        World.Advance(Seconds(2));
        Assert.Equal((0, 0), (one.View.Wanted, other.View.Wanted));

        acquires.AddRange(Acquire(third, 6));
        World.RunUntil(() => Got(acquires) == 10, Seconds(1));
        Assert.Equal(10, Size);
    }

    [Fact]
    public void A_node_that_is_cut_off_has_closed_everything_by_its_deadline()
    {
        var one = Found("a");
        var leases = Acquire(one, 4);
        World.Advance(Seconds(1));
        Assert.Equal(4, Got(leases));
        one.Store.IsCut = true;

        World.Advance(Seconds(10));

        Assert.Equal((0, ClusterBudgetState.CutOff), (Size, one.View.State));
        Assert.Equal(CloseReason.Recalled, one.Connector.Closed[^1].Reason);
        Assert.Throws<LeaseRevokedException>(() => leases[0].Result.Connection);
    }

    [Fact]
    public void Until_its_deadline_a_node_that_is_cut_off_goes_on_with_what_it_has()
    {
        var one = Found("a");
        World.Await(Acquire(one, 1)[0]).Dispose();
        one.Store.IsCut = true;

        World.Advance(Seconds(5));

        World.Await(Acquire(one, 1)[0], TimeSpan.Zero).Dispose();
        Assert.Equal((1, ClusterBudgetState.Late), (Size, one.View.State));
    }

    [Fact]
    public void Kept_leases_outlive_the_deadline_and_their_connections_close_when_they_come_back()
    {
        var one = Found("a", options => options.OnDeadline = OnDeadline.KeepLeased);
        var leases = Acquire(one, 4);
        World.Advance(Seconds(1));
        leases[0].Result.Dispose();
        one.Store.IsCut = true;

        World.Advance(Seconds(10));
        Assert.Equal((3, 0), (Size, one.Pool.Snapshot().Idle));

        leases[1].Result.Dispose();
        World.Run();
        Assert.Equal(2, Size);
    }

    [Fact]
    public void A_node_that_comes_back_before_anybody_has_taken_its_grants_goes_on()
    {
        var one = Found("a");
        World.Await(Acquire(one, 1)[0]).Dispose();
        one.Store.IsCut = true;
        World.Advance(Seconds(30));
        var acquires = Acquire(one, 1);
        Assert.Equal(0, Size);

        one.Store.IsCut = false;

        World.RunUntil(() => Got(acquires) == 1, Seconds(5));
        Assert.Equal(ClusterBudgetState.Active, one.View.State);
    }

    [Fact]
    public void A_silent_nodes_grants_go_to_others_after_its_lifetime_the_margin_and_the_quarantine()
    {
        var one = Found("a");
        var other = Join("b");
        Assert.Equal(10, Got(Settled(Acquire(one, 10))));
        var acquires = Acquire(other, 10);
        World.Advance(Seconds(1));
        one.Store.IsCut = true;

        World.Advance(Seconds(71));
        Assert.Equal((0, 0), (one.Size, Got(acquires)));
        World.RunUntil(() => Got(acquires) == 10, Seconds(9));
        Assert.Equal((1, 10), (other.View.Fences, Size));
    }

    [Fact]
    public void A_fence_that_confirms_spares_the_quarantine_and_one_that_does_not_keeps_the_grants()
    {
        var fence = new ScriptedFence { Left = 3 };
        var one = Found("a");
        var other = Join("b", fence: fence);
        Assert.Equal(10, Got(Settled(Acquire(one, 10))));
        var acquires = Acquire(other, 10);
        World.Advance(Seconds(1));
        one.Store.IsCut = true;

        World.Advance(Seconds(30));
        Assert.Equal(0, Got(acquires));
        Assert.All(fence.Ended, name => Assert.Equal(one.Budget.ClientName, name));

        fence.Left = 0;
        World.RunUntil(() => Got(acquires) == 10, Seconds(2));
    }

    [Fact]
    public void A_node_that_was_cut_off_and_not_fenced_opens_nothing_before_the_fence_finds_nothing_left_of_it()
    {
        var fence = new ScriptedFence();
        var one = Found("a", fence: fence);
        World.Await(Acquire(one, 1)[0]).Dispose();
        one.Store.IsCut = true;
        World.Advance(Seconds(30));
        Assert.Equal(ClusterBudgetState.CutOff, one.View.State);

        fence.Ended.Clear();
        fence.Left = 1;
        one.Store.IsCut = false;
        var acquires = Acquire(one, 1);
        World.Advance(Seconds(20));
        Assert.Equal((ClusterBudgetState.Active, 0, 0), (one.View.State, Got(acquires), Size));
        Assert.Equal([one.Budget.ClientName], fence.Ended.Distinct());

        fence.Left = 0;
        World.RunUntil(() => Got(acquires) == 1, Seconds(2));
    }

    [Fact]
    public void A_fence_that_never_answers_is_asked_again_after_a_lifetime_whatever_it_makes_of_its_token()
    {
        var fence = new ScriptedFence { Answer = new TaskCompletionSource<int>() };
        var one = Found("a");
        var other = Join("b", fence: fence);
        Assert.Equal(10, Got(Settled(Acquire(one, 10))));
        var acquires = Acquire(other, 10);
        one.Store.IsCut = true;
        World.RunUntil(() => fence.Ended.Count == 1, Seconds(20));

        fence.Answer = null;
        World.RunUntil(() => Got(acquires) == 10, Seconds(12));
    }

    [Fact]
    public void What_a_fence_says_of_a_node_that_has_joined_anew_meanwhile_closes_nothing()
    {
        var fence = new ScriptedFence();
        var one = Found("a", fence: fence);
        one.Store.IsCut = true;
        World.RunUntil(() => one.View.State == ClusterBudgetState.CutOff, Seconds(12));
        fence.Ended.Clear();
        var asked = fence.Answer = new TaskCompletionSource<int>();
        one.Store.IsCut = false;
        World.RunUntil(() => fence.Ended.Count == 1, Seconds(5));
        Assert.Equal(one.Budget.ClientName, fence.Ended[0]);

        Step(static (steps, page) => steps.Fence("node/x", page.Nodes.Single()));
        var acquires = Acquire(one, 4);
        World.RunUntil(() => Got(acquires) == 4, Seconds(5));

        using var answers = World.Time.CreateTimer(_ => asked.SetResult(1), state: null, Seconds(0.1), Timeout.InfiniteTimeSpan);
        World.Advance(Seconds(2));
        Assert.True(asked.Task.IsCompleted);
        Assert.Equal(4, Size);
    }

    [Fact]
    public void A_node_that_was_fenced_joins_again()
    {
        var one = Found("a");
        var other = Join("b", fence: new ScriptedFence());
        Assert.Equal(4, Got(Settled(Acquire(one, 4))));
        one.Store.IsCut = true;
        World.RunUntil(() => other.View is { Fences: 1, Free: 10 });

        one.Store.IsCut = false;
        var acquires = Acquire(one, 4);

        World.RunUntil(() => Got(acquires) == 4, Seconds(10));
        World.RunUntil(() => one.View.Nodes.Count == 2, Seconds(5));
    }

    [Fact]
    public async Task A_node_that_leaves_gives_everything_back_at_once()
    {
        var one = Found("a");
        var other = Join("b");
        Assert.Equal(10, Got(Settled(Acquire(one, 10))));
        var acquires = Acquire(other, 10);

        World.ThreadPatience = Seconds(10);
        var left = one.Budget.DisposeAsync().AsTask();
        World.Await(left, Seconds(2));
        await left;
        World.ThreadPatience = TimeSpan.Zero;

        World.RunUntil(() => Got(acquires) == 10, Seconds(2));
        Assert.Equal((0, ClusterBudgetState.Closed), (one.Size, one.View.State));
    }

    [Fact]
    public void Floors_are_kept_without_the_engine_and_are_set_aside_for_every_node()
    {
        var one = Found("a", Numbered(0));
        var other = Join("b", Numbered(1));
        var (ones, others) = (Acquire(one, 10), Acquire(other, 10));
        World.Advance(Seconds(3));
        Assert.Equal((10, 2), (Got(ones) + Got(others), one.View.Nodes.Count));

        one.Store.IsCut = other.Store.IsCut = true;
        World.Advance(Seconds(30));

        Assert.Equal((2, 2), (one.Size, other.Size));
    }

    [Fact]
    public void A_successor_has_a_floor_when_nothing_is_left_of_its_predecessor_whose_grants_are_free_before()
    {
        var fence = new ScriptedFence { Left = 2 };
        var one = Found("a", Numbered(0), fence);
        var other = Join("b", Numbered(1), fence);
        Acquire(other, 8);
        World.RunUntil(() => other.View.Held == 8);

        other.Store.IsCut = true;
        var acquires = Acquire(one, 8);
        World.RunUntil(() => Got(acquires) == 8, Seconds(60));
        var asked = fence.Ended.Count;
        World.Advance(Seconds(60));
        Assert.Equal(asked, fence.Ended.Count);

        var successor = Join("b2", Numbered(1), fence);
        Acquire(successor, 1);
        World.Advance(Seconds(60));
        Assert.Equal((0, ClusterBudgetState.Joining), (successor.Size, successor.View.State));

        fence.Left = 0;
        World.RunUntil(() => successor.Size == 1, Seconds(10));
        Assert.Equal(2, one.View.Nodes.Count);
    }

    [Fact]
    public void A_lost_answer_costs_nothing_but_the_time_of_another_request()
    {
        var one = Found("a");
        World.Advance(Seconds(1));
        one.Store.LosesAnswers = true;
        var acquires = Acquire(one, 5);
        World.Advance(Seconds(2));
        Assert.Equal(0, Got(acquires));

        one.Store.LosesAnswers = false;

        World.RunUntil(() => Got(acquires) == 5, Seconds(5));
        World.Advance(Seconds(5));
        Assert.Equal((5, 5), (one.View.Held, one.View.Free));
    }

    [Fact]
    public void A_node_at_rest_asks_the_engine_once_each_renew_interval()
    {
        var one = Found("a");
        World.Await(Acquire(one, 3)[2]);
        World.Advance(Seconds(20));
        var before = one.Store.Requests;

        World.Advance(Seconds(100));

        Assert.InRange(one.Store.Requests - before, 27, 34);
    }

    /// <summary>What another node does.</summary>
    void Step(Func<GrantBook, BookPage, GrantTransaction> step)
    {
        var reply = World.Await(Engine.CommitAsync(new GrantBook("orders", "").LookAtAll(), CancellationToken.None));
        Assert.True(BookPage.TryRead(reply, out var page, out _));
        Assert.True(World.Await(Engine.CommitAsync(step(new GrantBook("orders", reply.Incarnation), page), CancellationToken.None)).IsCommitted);
    }

    static Action<ClusterBudgetOptions> Numbered(int number) => options =>
        (options.MaxNodes, options.NodeNumber, options.OfflineFloor) = (2, number, 2);

    List<Task<Lease<ScriptedConnection>>> Settled(List<Task<Lease<ScriptedConnection>>> acquires)
    {
        World.Advance(Seconds(3));
        return acquires;
    }
}

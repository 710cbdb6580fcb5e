using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>A pool whose budget orders connections back, or whose deadline passes.</summary>
public sealed class RecalledPoolTests : VirtualPoolTest
{
    [Fact]
    public void A_soft_recall_closes_idle_connections_at_once_and_leased_ones_when_they_come_back()
    {
        var budget = new ConnectionBudget(4, World.Runtime);
        var pool = Create(options => { options.Budget = budget; options.MinSize = 2; });
        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(pool)).ToList();
        leases[0].Dispose();

        budget.Resize(1, EvictMode.Soft);
        World.Run();
        Assert.Equal((0, 2), (pool.Snapshot().Idle, pool.Snapshot().Leased));
        leases[1].Dispose();
        World.Run();

        Assert.Equal((1, 1), (Connector.Open.Count, budget.Snapshot().Granted));
        Assert.All(Connector.Closed, static closed => Assert.Equal(CloseReason.Recalled, closed.Reason));
        leases[2].Dispose();
        World.Run();
    }

    [Fact]
    public void A_hard_recall_ends_leases_under_their_holders()
    {
        var budget = new ConnectionBudget(3, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(pool)).ToList();

        budget.Resize(0, EvictMode.Hard);
        World.Run();

        Assert.Empty(Connector.Open);
        Assert.All(leases, static lease => Assert.Throws<LeaseRevokedException>(() => lease.Connection));
        Assert.Equal(0, budget.Snapshot().Granted);
    }

    [Fact]
    public void A_hard_recall_after_a_soft_one_ends_what_the_soft_one_left_to_its_holders()
    {
        var budget = new ConnectionBudget(2, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        var leases = Enumerable.Range(0, 2).Select(_ => Acquire(pool)).ToList();

        budget.Resize(0, EvictMode.Soft);
        World.Run();
        Assert.Equal(2, Connector.Open.Count);
        budget.Resize(0, EvictMode.Hard);
        World.Run();

        Assert.Empty(Connector.Open);
        Assert.All(leases, static lease => Assert.Throws<LeaseRevokedException>(() => lease.Connection));
    }

    [Fact]
    public void A_recall_gives_an_open_up_that_is_under_way()
    {
        var budget = new ConnectionBudget(2, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        Connector.Opens.Next(StepPlan.Hang);
        var waiter = BeginAcquire(pool, Seconds(2));

        budget.Resize(0, EvictMode.Hard);
        World.Run();
        Connector.ReleaseHung();
        World.Advance(Seconds(2));

        Failure<AcquireTimeoutException>(waiter);
        Assert.Equal((0, 0), (Connector.Open.Count, budget.Snapshot().Granted));
    }

    [Fact]
    public void What_is_granted_again_serves_those_who_still_wait()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        Acquire(pool).Dispose();
        budget.Resize(0, EvictMode.Hard);
        World.Run();
        var waiter = BeginAcquire(pool);
        Assert.False(waiter.IsCompleted);

        budget.Resize(1);
        World.Run();

        waiter.Result.Dispose();
    }

    [Fact]
    public void Nothing_is_handed_out_or_opened_after_the_deadline_though_no_timer_has_fired()
    {
        var (budget, pool) = WithDeadline(Seconds(10));
        var held = Acquire(pool);
        Acquire(pool).Dispose();
        budget.Deadline.Expire();

        var waiters = new[] { BeginAcquire(pool), BeginAcquire(pool) };
        held.Dispose();
        World.Run();

        Assert.All(waiters, static waiter => Assert.False(waiter.IsCompleted));
        Assert.Equal((2, 2), (pool.Snapshot().Idle, Connector.OpenedCount));
        Assert.False(pool.TryAcquire(out _));
        budget.Deadline.Set(BudgetMoment.Now(World.Time), Seconds(10));
        World.Advance(Ms(200));
        Assert.All(waiters, static waiter => waiter.Result.Dispose());
    }

    [Fact]
    public void A_wait_behind_the_deadline_is_told_as_one_for_the_budget()
    {
        var (_, pool) = WithDeadline(Seconds(1));
        World.Advance(Seconds(2));

        var waiter = BeginAcquire(pool, Seconds(3));
        World.Advance(Seconds(3));

        Assert.Equal(Seconds(3), Failure<AcquireTimeoutException>(waiter).Ledger.SpentOn[WaitCause.Budget]);
    }

    [Fact]
    public void The_minimum_is_filled_again_once_a_deadline_that_had_passed_is_in_the_future()
    {
        var (budget, pool) = WithDeadline(Seconds(10));
        Done(pool.ResizeAsync(2, 4));
        World.Advance(Seconds(5));
        budget.Deadline.Expire();
        foreach (var connection in Connector.Open)
        {
            Connector.Condemn(connection, new EndOfStreamException());
        }

        World.Advance(Seconds(1));
        Assert.Equal(0, pool.Snapshot().Size);
        budget.Deadline.Set(BudgetMoment.Now(World.Time), Seconds(10));
        World.Advance(Ms(200));

        Assert.Equal(2, pool.Snapshot().Idle);
    }

    (DeadlineBudget Budget, ConnectionPool<ScriptedConnection> Pool) WithDeadline(TimeSpan lifetime)
    {
        var budget = new DeadlineBudget(new ConnectionBudget(5, World.Runtime), new BudgetDeadline(World.Time));
        budget.Deadline.Set(BudgetMoment.Now(World.Time), lifetime);
        return (budget, Create(options => options.Budget = budget));
    }

    sealed record DeadlineBudget(ConnectionBudget Grants, BudgetDeadline Deadline) : IConnectionBudget
    {
        public IBudgetShare Join(string poolName, IBudgetMember member) => Grants.Join(poolName, member);
    }
}

using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Pools under one budget: never above it together, fair, and nothing kept that another needs.</summary>
public sealed class BudgetedPoolTests : VirtualPoolTest
{
    [Fact]
    public void Pools_together_never_have_more_connections_than_their_budget()
    {
        using var budget = new Disposing(new ConnectionBudget(5, World.Runtime));
        var orders = Create(options => options.Budget = budget.It);
        var invoices = Create(options => options.Budget = budget.It);

        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(orders)).ToList();
        leases.AddRange(Enumerable.Range(0, 2).Select(_ => Acquire(invoices)));
        var waiter = BeginAcquire(invoices);

        Assert.False(waiter.IsCompleted);
        Assert.Equal((5, 5), (Connector.SizeMax, orders.Snapshot().Granted + invoices.Snapshot().Granted));
        leases[4].Dispose();
        World.Run();
        waiter.Result.Dispose();
        leases.ForEach(lease => lease.Dispose());
        World.Run();
    }

    [Fact]
    public void Idle_connections_of_one_pool_make_room_for_the_waiters_of_another()
    {
        using var budget = new Disposing(new ConnectionBudget(4, World.Runtime));
        var orders = Create(options => options.Budget = budget.It);
        var invoices = Create(options => options.Budget = budget.It);
        Enumerable.Range(0, 4).Select(_ => Acquire(orders)).ToList().ForEach(lease => lease.Dispose());
        World.Run();
        Assert.Equal(4, orders.Snapshot().Idle);

        var leases = new[] { BeginAcquire(invoices), BeginAcquire(invoices) };
        World.Advance(Seconds(3));

        Assert.All(leases, lease => Assert.True(lease.IsCompletedSuccessfully, $"{invoices.Snapshot()}"));
        Assert.Contains(CloseReason.GivenBack, Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal(4, Connector.SizeMax);
        Assert.All(leases, lease => lease.Result.Dispose());
    }

    [Fact]
    public void A_wait_for_the_budget_is_told_as_such()
    {
        using var budget = new Disposing(new ConnectionBudget(1, World.Runtime));
        var orders = Create(options => options.Budget = budget.It);
        var invoices = Create(options => options.Budget = budget.It);
        using var lease = Acquire(orders);

        var waiter = BeginAcquire(invoices, Seconds(2));
        World.Advance(Seconds(2));

        Assert.Equal(Seconds(2), Failure<AcquireTimeoutException>(waiter).Ledger.SpentOn[WaitCause.Budget]);
    }

    [Fact]
    public void A_pool_that_closes_returns_all_its_grants()
    {
        using var budget = new Disposing(new ConnectionBudget(2, World.Runtime));
        var orders = Create(options => { options.Budget = budget.It; options.MinSize = 2; });
        var invoices = Create(options => options.Budget = budget.It);
        Assert.Equal(2, orders.Snapshot().Idle);
        var waiter = BeginAcquire(invoices);
        Assert.False(waiter.IsCompleted);

        _ = orders.DrainAsync();
        World.Run();

        waiter.Result.Dispose();
        Assert.Equal(1, budget.It.Snapshot().Granted);
    }

    [Fact]
    public void Failed_opens_keep_no_grants_from_those_who_can_use_them()
    {
        using var budget = new Disposing(new ConnectionBudget(2, World.Runtime));
        Connector.Opens.Next(StepPlan.Fail(new IOException("refused")));
        var dead = Create(options => { options.Budget = budget.It; options.UnavailableAfter = Seconds(1); options.ReconnectBackoff.Initial = Seconds(20); });
        var waiter = BeginAcquire(dead, Seconds(1));
        var alive = Create(options => options.Budget = budget.It);

        using var lease = Acquire(alive);

        World.Advance(Seconds(2));
        Failure<AcquireTimeoutException>(waiter);
        using var second = Acquire(alive);
    }

    [Fact]
    public void A_planned_retirement_without_a_grant_to_spare_breaks_first()
    {
        using var budget = new Disposing(new ConnectionBudget(2, World.Runtime));
        var pool = Create(options => { options.Budget = budget.It; options.MinSize = 2; options.MaxLifetime = Seconds(100); });

        World.Advance(Seconds(250));

        Assert.Equal((2, 2), (pool.Snapshot().Idle, Connector.SizeMax));
        Assert.True(Connector.Closed.Count >= 4);
    }

    [Fact]
    public void Grants_for_connections_above_the_maximum_are_kept_until_these_may_be_opened()
    {
        using var budget = new Disposing(new ConnectionBudget(3, World.Runtime));
        Connector.Opens.Next(StepPlan.After(Ms(10)));
        var pool = Create(options =>
        {
            options.Budget = budget.It;
            options.MaxSize = options.MaxConcurrentConnects = 1;
            options.WhenExhausted = WhenExhausted.OpenTransient;
        });

        // The first is still connecting, and nobody else may until it has: the grants of the others wait as well.
        var waiters = Enumerable.Range(0, 3).Select(_ => BeginAcquire(pool)).ToList();
        Assert.Equal((1, 3), (pool.Snapshot().Opening, pool.Snapshot().Granted));

        World.Advance(Ms(10));
        waiters.ForEach(waiter => waiter.Result.Dispose());
        World.Run();
        Assert.Equal(1, pool.Snapshot().Granted);
    }

    [Fact]
    public void What_a_scope_has_waited_for_is_not_wanted_any_more_when_it_has_ended()
    {
        using var budget = new Disposing(new ConnectionBudget(2, World.Runtime));
        var orders = Create(options => options.Budget = budget.It);
        var invoices = Create(options => options.Budget = budget.It);
        var held = new[] { Acquire(orders), Acquire(orders) };
        var scope = new LeaseScope("job");
        var waiter = invoices.AcquireAsync(new AcquireLease(Holder: scope)).AsTask();
        World.Run();

        scope.Dispose();
        World.Run();
        Assert.True(waiter.IsFaulted);
        Assert.All(held, lease => lease.Dispose());
        World.Advance(Seconds(3));

        Assert.Equal(2, orders.Snapshot().Idle);
    }

    /// <summary>Looks at the end whether everything was returned.</summary>
    sealed record Disposing(ConnectionBudget It) : IDisposable
    {
        public void Dispose() => Assert.True(It.Snapshot().Granted <= It.Snapshot().Max);
    }
}

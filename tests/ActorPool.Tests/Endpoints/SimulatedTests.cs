using ActorPool.Endpoints;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>What the simulation has come upon, each cut down to what it takes: each was a defect.</summary>
public sealed class SimulatedTests : VirtualPoolTest
{
    [Fact]
    public void A_warm_up_beyond_the_maximum_follows_the_maximum()
    {
        var pool = Create(options => options.MaxSize = 1);
        Connector.Opens.Next(StepPlan.After(Seconds(1)));
        var warm = pool.WarmUpAsync(2);
        World.Run();

        _ = pool.ResizeAsync(0, 4);
        World.Advance(Seconds(2));

        Assert.Equal(2, Done(warm).Idle);
    }

    [Fact]
    public void A_warm_up_that_gets_no_grants_ends_with_what_it_has_and_starves_nobody()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var warm = Create(options => (options.Budget, options.ConnectTimeout) = (budget, Seconds(5)));
        var other = Create(options => options.Budget = budget);
        var warmed = warm.WarmUpAsync(2);
        World.Run();
        var waiter = BeginAcquire(other);

        World.Advance(Seconds(8));

        Assert.Equal(1, Done(warmed).Granted);
        waiter.Result.Dispose();
        World.Run();
    }

    [Fact]
    public void A_warm_up_without_grants_ends_even_if_connections_go_on_opening_in_place_of_others()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options =>
            (options.Budget, options.ConnectTimeout, options.MaxLifetime) = (budget, Seconds(5), Seconds(2)));
        var warmed = pool.WarmUpAsync(2);

        World.Advance(Seconds(12));

        Assert.Equal(1, Done(warmed).Granted);
    }

    [Fact]
    public void What_a_long_warm_up_has_opened_goes_when_it_has_been_idle_for_long_enough()
    {
        var pool = Create(options => (options.IdleTimeout, options.FillStagger) = (Seconds(2), Seconds(5)));
        var warm = pool.WarmUpAsync(2);
        World.Advance(Seconds(6));
        Assert.Equal(2, Done(warm).Idle);

        World.Advance(Seconds(3));

        Assert.Equal(0, pool.Snapshot().Size);
    }

    [Fact]
    public void A_pool_that_lets_nobody_wait_opens_a_connection_for_those_it_refuses()
    {
        var pool = Create(options => options.MaxWaiters = 0);
        var refused = BeginAcquire(pool);

        Assert.Equal(PoolFailureReason.QueueFull, Failure<PoolException>(refused).Reason);
        Acquire(pool).Dispose();
    }

    [Fact]
    public void Who_tries_at_a_pool_with_a_budget_has_a_connection_opened_for_the_next_try()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        Assert.False(pool.TryAcquire(out _));
        World.Run();

        Assert.True(pool.TryAcquire(out var lease));
        lease.Dispose();
        World.Run();
    }

    [Fact]
    public void A_lease_taken_back_before_its_caller_looked_is_told_as_that_even_if_its_place_was_taken_back_again()
    {
        var pool = Create(options => options.MaxSize = 1);
        var scope = new LeaseScope("first");
        var holder = Acquire(pool);
        var waiting = pool.AcquireAsync(new AcquireLease(Holder: scope));
        World.Run();
        holder.Dispose();
        _ = pool.EvictAsync(EvictMode.Hard);
        World.Run();
        _ = Acquire(pool);
        _ = pool.EvictAsync(EvictMode.Hard);
        World.Run();

        var error = Failure<PoolException>(waiting.AsTask());

        Assert.Equal(PoolFailureReason.LeaseRevoked, error.Reason);
        Assert.Equal(CloseReason.Evicted, Assert.IsType<LeaseRevokedException>(error).Why);
    }

    [Fact]
    public void A_leased_connection_that_is_to_close_does_not_cost_the_minimum_an_idle_one()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize, options.IdleTimeout) = (2, 3, Seconds(2)));
        var leases = new[] { Acquire(pool), Acquire(pool), Acquire(pool) };
        leases[0].MarkFaulty();
        leases[1].Dispose();
        leases[2].Dispose();
        World.Run();

        World.Advance(Seconds(5));

        Assert.Equal(2, pool.Snapshot().Idle);
        leases[0].Dispose();
        World.Run();
    }

    [Fact]
    public void A_connection_that_is_outdated_when_it_opens_goes_first_if_there_is_no_grant_for_its_successor()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.None);
        Connector.Opens.Next(StepPlan.After(Seconds(1)));
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options => (options.Budget, options.MinSize) = (budget, 1));
        _ = pool.ReconfigureAsync(new PoolOptions { Name = "test", Budget = budget, MinSize = 1 });

        World.Advance(Seconds(2));

        Assert.Equal([CloseReason.Reconfigured], Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal((1, 0), (pool.Snapshot().Idle, pool.Snapshot().Stale));
    }

    [Fact]
    public void Grants_that_come_when_a_pool_has_left_its_budget_are_not_counted()
    {
        var budget = new ConnectionBudget(1, World.Runtime);
        var pool = Create(options => options.Budget = budget);
        var drained = pool.DrainAsync(TimeSpan.Zero);
        World.Run();

        pool.Supervisor.Tell(EndpointMessage.OfBudget(EndpointRequest.Granted, 2));

        Assert.True(drained.IsCompleted);
        Assert.Equal(0, pool.Snapshot().Granted ?? 0);
    }

    [Fact]
    public void An_ask_that_fails_throws_nothing_on_the_way_to_its_answer()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        using var cancellation = new CancellationTokenSource();
        var waiting = pool.Ref.Ask(default, cancellation.Token);
        var drained = pool.DrainAsync(Seconds(5));
        World.Run();
        var thrown = 0;
        var thread = Environment.CurrentManagedThreadId;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs happened) =>
            thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;

        AppDomain.CurrentDomain.FirstChanceException += Count;
        var late = pool.Ref.Ask(new AcquireLease());
        var (first, second) = (waiting.Result, late.Result);
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.IsType<PoolClosedException>(first.Failure);
        Assert.IsType<PoolClosedException>(second.Failure);
        Assert.Equal(0, thrown);
        lease.Dispose();
        World.Run();
        Assert.True(drained.IsCompleted);
    }
}

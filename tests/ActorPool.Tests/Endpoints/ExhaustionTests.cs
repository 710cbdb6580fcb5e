using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>What an acquire does when everything is leased: limits on waiting, and what there is in place of it.</summary>
public sealed class ExhaustionTests : VirtualPoolTest
{
    [Fact]
    public void Beyond_the_most_waiters_an_acquire_fails_at_once()
    {
        var pool = Create(options => { options.MaxSize = 1; options.MaxWaiters = 2; });
        var lease = Acquire(pool);
        Task<Lease<ScriptedConnection>>[] waiting = [BeginAcquire(pool), BeginAcquire(pool)];

        var error = Failure<PoolExhaustedException>(BeginAcquire(pool));

        Assert.Equal(PoolFailureReason.QueueFull, error.Reason);
        Assert.Contains("MaxWaiters", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, pool.Snapshot().Rejected);
        lease.Dispose();
        World.Run();
        Assert.True(waiting[0].IsCompletedSuccessfully);
        Assert.False(waiting[1].IsCompleted);
        waiting[0].Result.Dispose();
        World.Run();
        waiting[1].Result.Dispose();
    }

    [Fact]
    public void Where_acquires_do_not_wait_one_fails_when_all_are_leased()
    {
        var pool = Create(options => { options.MaxSize = 2; options.WhenExhausted = WhenExhausted.Throw; });
        using var first = Acquire(pool);
        using var second = Acquire(pool);

        var error = Failure<PoolExhaustedException>(BeginAcquire(pool));

        Assert.Equal(PoolFailureReason.Exhausted, error.Reason);
        Assert.Contains("WhenExhausted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_acquires_do_not_wait_they_still_wait_for_a_connection_to_open_one_each()
    {
        Connector.Opens.Always(StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 2; options.WhenExhausted = WhenExhausted.Throw; });

        var first = BeginAcquire(pool);
        var second = BeginAcquire(pool);
        Assert.Equal(PoolFailureReason.Exhausted, Failure<PoolExhaustedException>(BeginAcquire(pool)).Reason);

        World.Advance(Ms(10));
        first.Result.Dispose();
        second.Result.Dispose();
    }

    [Fact]
    public void A_transient_connection_is_opened_above_the_maximum_and_closed_when_it_is_returned()
    {
        var events = new List<PoolEvent>();
        var pool = Create(options => { options.MaxSize = 1; options.WhenExhausted = WhenExhausted.OpenTransient; });
        using var subscription = pool.Subscribe(events.Add);
        var kept = Acquire(pool);

        var transient = Acquire(pool);

        Assert.Equal((2, 1, 1), (pool.Snapshot().Size, pool.Snapshot().Transient, pool.Snapshot().MaxSize));
        Assert.Contains(events, happened => happened is TransientOpened { ConnectionId: 2, MaxSize: 1 });
        transient.Dispose();
        World.Run();
        Assert.Equal((1, 0), (pool.Snapshot().Size, pool.Snapshot().Transient));
        Assert.Equal(CloseReason.Transient, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(1, pool.Snapshot().OpenedTransient);
        kept.Dispose();
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_transient_connection_that_nobody_waits_for_any_more_is_closed()
    {
        Connector.Opens.Next(StepPlan.Succeed, StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 1; options.WhenExhausted = WhenExhausted.OpenTransient; });
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        lease.Dispose();
        World.Run();
        Assert.True(waiter.IsCompletedSuccessfully);
        World.Advance(Ms(10));

        Assert.Equal(1, pool.Snapshot().Size);
        waiter.Result.Dispose();
    }

    [Fact]
    public void An_endpoint_that_refused_a_transient_connection_is_tried_again_although_the_pool_is_full()
    {
        Connector.Opens.Next(StepPlan.Succeed, StepPlan.Fail(new IOException("refused")));
        var pool = Create(options =>
        {
            (options.MaxSize, options.WhenExhausted, options.UnavailableAfter) = (1, WhenExhausted.OpenTransient, TimeSpan.Zero);
            options.ReconnectBackoff.Jitter = false;
        });
        using var lease = Acquire(pool);
        Failure<EndpointUnavailableException>(BeginAcquire(pool));

        World.Advance(Ms(100));

        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
        Acquire(pool).Dispose();
        World.Run();
        Assert.Equal(1, pool.Snapshot().Size);
    }

    [Fact]
    public void Under_lasting_overload_those_who_waited_twice_the_target_are_shed_and_the_others_served()
    {
        var pool = Create(options =>
        {
            options.MaxSize = 1;
            options.QueueTarget = Ms(50);
            options.QueueInterval = Ms(1000);
        });
        var lease = Acquire(pool);
        var waiters = Enumerable.Range(0, 40).Select(_ => BeginAcquire(pool)).ToList();

        // Every lease lasts 100 ms: even the shortest wait of a second is above the target.
        for (var step = 0; step < 12; step++)
        {
            World.Advance(Ms(100));
            lease.Dispose();
            World.Run();
            lease = waiters.Find(waiter => waiter is { IsCompletedSuccessfully: true, Result.IsActive: true })?.Result ?? default;
        }

        var shed = waiters.Count(waiter => waiter.IsFaulted);
        Assert.True(shed > 20, $"{shed} were shed");
        Assert.Equal(shed, pool.Snapshot().Shed);
        Assert.Equal(PoolFailureReason.Shed, Failure<PoolExhaustedException>(waiters.First(waiter => waiter.IsFaulted)).Reason);
        lease.Dispose();
    }

    [Fact]
    public void A_burst_that_is_worked_off_within_an_interval_is_not_shed()
    {
        var pool = Create(options =>
        {
            options.MaxSize = 1;
            options.QueueTarget = Ms(50);
            options.QueueInterval = Ms(1000);
        });
        var lease = Acquire(pool);
        var waiters = Enumerable.Range(0, 9).Select(_ => BeginAcquire(pool)).ToList();

        foreach (var waiter in waiters)
        {
            World.Advance(Ms(100));
            lease.Dispose();
            World.Run();
            lease = waiter.Result;
        }

        lease.Dispose();
        Assert.Equal(0, pool.Snapshot().Shed);
    }

    [Fact]
    public void A_line_that_does_not_move_at_all_is_shed_too()
    {
        var pool = Create(options =>
        {
            options.MaxSize = 1;
            options.QueueTarget = Ms(50);
            options.QueueInterval = Ms(1000);
        });
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        World.Advance(Ms(2500));

        Assert.Equal(PoolFailureReason.Shed, Failure<PoolExhaustedException>(waiter).Reason);
        lease.Dispose();
    }
}

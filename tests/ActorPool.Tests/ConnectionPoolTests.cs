using ActorPool.TestKit;

namespace ActorPool.Tests;

/// <summary>Acquire and release, as a caller sees them.</summary>
public sealed class ConnectionPoolTests : VirtualPoolTest
{
    [Fact]
    public void An_acquire_opens_a_connection_and_a_release_keeps_it()
    {
        var pool = Create();

        using (var lease = Acquire(pool))
        {
            Assert.Equal(1, lease.Connection.Id);
            Assert.Equal(1, pool.Snapshot().Leased);
        }

        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public void Sequential_acquires_reuse_one_connection()
    {
        var pool = Create();

        for (var use = 1; use <= 100; use++)
        {
            using var lease = Acquire(pool);
            Assert.Equal(use, lease.UseCount);
        }

        Assert.Equal(1, Connector.OpenedCount);
    }

    [Fact]
    public void A_hit_completes_at_once_and_on_the_callers_thread()
    {
        var pool = Create(options => options.MinSize = 1);

        var acquire = pool.AcquireAsync();

        Assert.True(acquire.IsCompletedSuccessfully);
        acquire.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void Acquire_waits_in_order_of_arrival_when_every_connection_is_leased()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiters = Enumerable.Range(0, 5).Select(_ => BeginAcquire(pool)).ToList();

        for (var served = 0; served < waiters.Count; served++)
        {
            lease.Dispose();
            World.Run();
            Assert.Equal(served + 1, waiters.Count(waiter => waiter.IsCompleted));
            lease = waiters[served].GetAwaiter().GetResult();
        }

        lease.Dispose();
        Assert.Equal(1, Connector.OpenedCount);
        Assert.Equal(6, pool.Snapshot().AcquiredAfterWait);
    }

    [Fact]
    public void The_pool_never_grows_above_its_maximum()
    {
        Connector.Opens.Always(StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 3; options.MaxConcurrentConnects = 10; });

        var waiters = Enumerable.Range(0, 20).Select(_ => BeginAcquire(pool)).ToList();
        Assert.Equal(3, Connector.Opening);
        World.Advance(Ms(10));

        Assert.Equal(3, waiters.Count(waiter => waiter.IsCompleted));
        Assert.Equal(3, Connector.SizeMax);
    }

    [Fact]
    public void Opens_are_counted_by_demand_not_by_waiters_times_attempts()
    {
        Connector.Opens.Always(StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 10; options.MaxConcurrentConnects = 10; });

        _ = BeginAcquire(pool);
        _ = BeginAcquire(pool);

        Assert.Equal(2, Connector.Opening);
    }

    [Fact]
    public void No_more_than_the_allowed_number_of_connects_is_under_way()
    {
        Connector.Opens.Always(StepPlan.After(Ms(10)));
        var pool = Create(options => { options.MaxSize = 10; options.MaxConcurrentConnects = 2; });

        var waiters = Enumerable.Range(0, 6).Select(_ => BeginAcquire(pool)).ToList();
        Assert.Equal(2, Connector.Opening);
        World.Advance(Ms(10));
        Assert.Equal(2, Connector.Opening);
        World.Advance(Ms(20));

        Assert.All(waiters, waiter => Assert.True(waiter.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_returned_connection_serves_the_waiter_before_the_one_being_opened()
    {
        var pool = Create(options => options.MaxSize = 2);
        var first = Acquire(pool);
        Connector.Opens.Always(StepPlan.After(Ms(100)));
        var waiter = BeginAcquire(pool);

        first.Dispose();
        World.Run();

        Assert.Equal(1, waiter.GetAwaiter().GetResult().ConnectionId);
        World.Advance(Ms(100));
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void The_last_returned_is_leased_first()
    {
        var pool = Create(options => options.MinSize = 3);
        var first = Acquire(pool);
        var second = Acquire(pool);
        var third = Acquire(pool);
        long[] ids = [third.ConnectionId, first.ConnectionId, second.ConnectionId];
        second.Dispose();
        first.Dispose();
        third.Dispose();

        Assert.Equal(ids, LeaseAll(pool, 3));
    }

    [Fact]
    public void With_fifo_order_all_connections_are_used_in_turn()
    {
        var pool = Create(options => { options.MinSize = 3; options.Order = IdleOrder.Fifo; });

        var ids = Enumerable.Range(0, 6).Select(_ =>
        {
            using var lease = Acquire(pool);
            return lease.ConnectionId;
        }).ToList();

        Assert.Equal([1, 2, 3, 1, 2, 3], ids);
    }

    [Fact]
    public void TryAcquire_takes_what_is_idle_and_never_waits()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; });

        Assert.True(pool.TryAcquire(out var lease));
        Assert.False(pool.TryAcquire(out var none));
        Assert.False(none.IsActive);
        lease.Dispose();
        Assert.True(pool.TryAcquire(out _));
    }

    [Fact]
    public void A_missed_TryAcquire_shows_demand()
    {
        var pool = Create();

        Assert.False(pool.TryAcquire(out _));
        World.Run();

        Assert.True(pool.TryAcquire(out _));
    }

    [Fact]
    public void An_acquire_with_zero_timeout_fails_at_once_when_nothing_is_free()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; });
        using var lease = Acquire(pool);

        var error = Failure<AcquireTimeoutException>(BeginAcquire(pool, TimeSpan.Zero));

        Assert.Equal(PoolFailureReason.AcquireTimeout, error.Reason);
        Assert.Equal(1, error.Snapshot!.Leased);
    }

    [Fact]
    public void An_acquire_times_out_at_its_deadline_and_says_who_holds_the_connection()
    {
        var pool = Create(options => { options.MaxSize = 1; options.AcquireTimeout = Seconds(2); });
        var asked = pool.Ref.Ask(new AcquireLease(Holder: "order 17")).AsTask();
        World.Run();
        var waiter = BeginAcquire(pool);

        World.Advance(Ms(1999));
        Assert.False(waiter.IsCompleted);
        World.Advance(Ms(1));

        var error = Failure<AcquireTimeoutException>(waiter);
        Assert.Contains("2.000 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 leased", error.Message, StringComparison.Ordinal);
        Assert.Contains("order 17", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Snapshot().Waiting);
        asked.GetAwaiter().GetResult().Lease.Dispose();
    }

    [Fact]
    public void Waiters_with_different_patience_time_out_each_at_its_own_time()
    {
        var pool = Create(options => options.MaxSize = 1);
        using var lease = Acquire(pool);
        var patient = BeginAcquire(pool, Ms(300));
        var hasty = BeginAcquire(pool, Ms(100));
        var middling = BeginAcquire(pool, Ms(200));

        World.Advance(Ms(100));
        Assert.Equal([false, true, false], new[] { patient, hasty, middling }.Select(waiter => waiter.IsCompleted));
        World.Advance(Ms(100));
        Assert.Equal([false, true, true], new[] { patient, hasty, middling }.Select(waiter => waiter.IsCompleted));
        World.Advance(Ms(100));
        Assert.True(patient.IsFaulted);
    }

    [Fact]
    public void A_cancelled_wait_leaves_no_trace_and_its_connect_goes_on_to_feed_the_pool()
    {
        Connector.Opens.Always(StepPlan.After(Ms(50)));
        var pool = Create();
        using var cancellation = new CancellationTokenSource();
        var waiter = BeginAcquire(pool, cancellationToken: cancellation.Token);

        cancellation.Cancel();
        World.Run();

        var error = Failure<OperationCanceledException>(waiter);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal(0, pool.Snapshot().Waiting);
        World.Advance(Ms(50));
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_acquire_with_a_cancelled_token_does_nothing()
    {
        var pool = Create();

        var error = Failure<OperationCanceledException>(BeginAcquire(pool, cancellationToken: new CancellationToken(true)));

        Assert.True(error.CancellationToken.IsCancellationRequested);
        Assert.Equal(0, Connector.Opens.Calls);
    }

    [Fact]
    public void A_token_that_is_cancelled_after_the_lease_was_granted_changes_nothing()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        using var cancellation = new CancellationTokenSource();
        var waiter = BeginAcquire(pool, cancellationToken: cancellation.Token);
        lease.Dispose();

        cancellation.Cancel();
        World.Run();

        using var granted = waiter.GetAwaiter().GetResult();
        Assert.True(granted.IsActive);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-1000)]
    public void A_negative_timeout_is_refused_whether_or_not_a_connection_is_free(int milliseconds)
    {
        var pool = Create(options => options.MinSize = 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => _ = pool.AcquireAsync(Ms(milliseconds)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Acquire(Ms(milliseconds)));
    }

    [Fact]
    public void An_infinite_timeout_waits_for_ever()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool, Timeout.InfiniteTimeSpan);

        World.Advance(TimeSpan.FromDays(30));
        Assert.False(waiter.IsCompleted);
        lease.Dispose();
        World.Run();

        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_blocking_acquire_gets_an_idle_connection()
    {
        var pool = Create(options => options.MinSize = 1);

        using var lease = pool.Acquire();

        Assert.Equal(1, lease.ConnectionId);
    }

    [Fact]
    public void The_pool_and_its_leases_describe_themselves_in_a_sentence()
    {
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 4; });
        var lease = Acquire(pool);

        Assert.Equal("pool 'test' (Healthy): 1 leased, 1 idle, 0 opening, 0 waiting, max 4", pool.Snapshot().ToString());
        Assert.Equal($"lease of connection {lease.ConnectionId} of pool 'test'", lease.ToString());
        lease.Dispose();
        Assert.Equal("ended lease of pool 'test'", lease.ToString());
        Assert.Equal("no lease", default(Lease<object>).ToString());
    }

    [Fact]
    public void Create_refuses_a_null_connector() =>
        Assert.Throws<ArgumentNullException>(() => ConnectionPool.Create<object>(null!));

    [Fact]
    public void A_connector_that_returns_null_fails_the_open()
    {
        var pool = ConnectionPool.Create(
            ActorPool.Connector.Create<object>(static (_, _) => new ValueTask<object>((object)null!)),
            new PoolOptions { AcquireTimeout = Ms(10) },
            World.Runtime);

        var acquire = pool.AcquireAsync().AsTask();
        World.Advance(Ms(10));

        Assert.Contains("returned null", Failure<AcquireTimeoutException>(acquire).InnerException!.Message, StringComparison.Ordinal);
        _ = pool.DrainAsync();
        World.Advance(Seconds(1));
    }

    List<long> LeaseAll(ConnectionPool<ScriptedConnection> pool, int count)
    {
        var leases = Enumerable.Range(0, count).Select(_ => Acquire(pool)).ToList();
        var ids = leases.ConvertAll(lease => lease.ConnectionId);
        leases.ForEach(lease => lease.Dispose());
        return ids;
    }
}

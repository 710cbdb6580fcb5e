using ActorPool.TestKit;

namespace ActorPool.Tests.Seeds;

/// <summary>The pool held against <c>eventlet.db_pool</c>, with its settings: 0 to 4 connections, 10 s idle, 30 s old, 5 s to connect.</summary>
/// <remarks>
/// Deliberate differences, by row:
/// <list type="bullet">
/// <item>min_size: nothing is opened in the constructor, which never blocks; <see cref="PoolOperations.WarmUpAsync"/> waits,
/// and fails where the constructor did. The minimum is kept for good, instead of being opened once.</item>
/// <item>max_size 0, negative max_idle: refused, instead of blocking for ever and counting as 0.</item>
/// <item>connect_timeout 0: refused; an open that may take no time cannot succeed.</item>
/// <item>create raises: the error of one open is not its acquirer's. The endpoint is tried again with backoff while the
/// acquirer has time left, and then he is told the last error; <see cref="PoolOptions.UnavailableAfter"/> zero tells him at once.</item>
/// <item>put(None), junk: a lease is returned, never an object; a dead connection is <see cref="Lease{TConnection}.MarkFaulty"/>.</item>
/// <item>Wrapper close(): a lease is disposed; DB connections whose Close returns them are ActorPool.Data's.</item>
/// <item>Wrapper collected as garbage: found with <see cref="PoolOptions.LeakDetection"/>, and its connection is closed, not
/// reused: nobody knows what it was in the middle of.</item>
/// <item>Cleanup: rollback is ActorPool.Data's default; the core resets as its connector says.</item>
/// <item>Body raises in item(): whether the connection is kept is asked of the connector, and the answer is no unless it says
/// that the error is harmless.</item>
/// <item>clear(): leased connections are closed when they are returned, instead of re-entering the pool: who clears a pool
/// wants what was opened before gone.</item>
/// <item>resize(n): surplus connections are closed, at once if they are idle.</item>
/// <item>DatabaseConnector.get: pools beyond <see cref="PoolDirectoryOptions.MaxPools"/> are drained, instead of kept for ever.</item>
/// <item>Merge: credentials are credentials, and cannot redirect to another host.</item>
/// </list>
/// </remarks>
public sealed partial class EventletDbPoolTests : SeedTest
{
    ConnectionPool<ScriptedConnection> CreateDbPool(Action<PoolOptions>? configure = null) => Create(options =>
    {
        (options.MinSize, options.MaxSize) = (0, 4);
        (options.IdleTimeout, options.MaxLifetime, options.ConnectTimeout) = (Seconds(10), Seconds(30), Seconds(5));
        configure?.Invoke(options);
    });

    [Fact]
    public void Its_settings_can_be_said_and_mean_the_same()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var pool = CreateDbPool();
        Assert.Equal(0, Connector.Opens.Calls);
        var leases = AcquireMany(pool, 4);
        Assert.False(pool.TryAcquire(out _));
        Return(leases);
        World.Run();
        Assert.Equal((4, 4), (Connector.Resets.Calls, pool.Snapshot().Idle));

        World.Advance(Seconds(10));

        Assert.Equal(0, pool.Snapshot().Size);
    }

    [Fact]
    public void A_failing_connect_fails_the_warm_up_and_not_the_constructor()
    {
        Connector.Opens.Always(StepPlan.Fail(Broken));
        var pool = CreateDbPool(options => (options.MinSize, options.UnavailableAfter) = (2, TimeSpan.Zero));

        var warm = pool.WarmUpAsync();
        World.Run();

        Assert.Same(Broken, Failure<EndpointUnavailableException>(warm).InnerException);
    }

    [Fact]
    public void The_minimum_is_refilled_when_its_connections_have_expired()
    {
        var pool = CreateDbPool(options => options.MinSize = 2);

        World.Advance(Seconds(31));

        Assert.Equal((2, 4), (pool.Snapshot().Idle, Connector.OpenedCount));
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.MaxLifetime, closed.Reason));
    }

    [Fact]
    public void The_maximum_is_never_passed_a_wait_has_its_limit_and_zero_is_refused()
    {
        var pool = CreateDbPool();
        var leases = AcquireMany(pool, 4);
        var waiter = BeginAcquire(pool, Seconds(1));

        World.Advance(Seconds(1));

        Failure<AcquireTimeoutException>(waiter);
        Assert.Equal(4, Connector.SizeMax);
        Assert.Throws<ArgumentException>(() => CreateDbPool(options => options.MaxSize = 0));
        Return(leases);
    }

    [Fact]
    public void There_are_as_many_connections_as_were_ever_needed_at_once()
    {
        var pool = CreateDbPool();
        for (var use = 0; use < 50; use++)
        {
            Assert.Equal(1, Touch(pool));
        }

        Return(AcquireMany(pool, 3));
        Return(AcquireMany(pool, 2));
        Return(AcquireMany(pool, 3));

        Assert.Equal(3, Connector.OpenedCount);
    }

    [Theory]
    [InlineData(IdleOrder.Lifo, new long[] { 3, 2, 1 })]
    [InlineData(IdleOrder.Fifo, new long[] { 1, 2, 3 })]
    public void Idle_connections_are_a_stack_or_a_queue(IdleOrder order, long[] expected)
    {
        var pool = CreateDbPool(options => options.Order = order);
        Return(AcquireMany(pool, 3));

        Assert.Equal(expected, AcquireMany(pool, 3).Select(lease => lease.ConnectionId));
    }

    [Fact]
    public void Five_waiters_wake_in_the_order_in_which_they_came()
    {
        var pool = CreateDbPool(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var woken = new List<int>();
        var waiters = Enumerable.Range(0, 5).Select(WaitAsync).ToList();
        World.Run();

        lease.Dispose();
        World.Run();

        Assert.Equal([0, 1, 2, 3, 4], woken);
        Assert.All(waiters, waiter => Assert.True(waiter.IsCompletedSuccessfully));

        async Task WaitAsync(int number)
        {
            using var mine = await pool.AcquireAsync().ConfigureAwait(false);
            woken.Add(number);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_waiter_that_gives_up_takes_no_slot_with_it(bool cancels)
    {
        using var cancellation = new CancellationTokenSource();
        var pool = CreateDbPool(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool, Seconds(1), cancellation.Token);
        Assert.Equal(1, pool.Snapshot().Waiting);

        if (cancels)
        {
            cancellation.Cancel();
            World.Run();
        }
        else
        {
            World.Advance(Seconds(1));
        }

        Assert.True(waiter.IsFaulted || waiter.IsCanceled);
        Assert.Equal(0, pool.Snapshot().Waiting);

        // Nobody waits any more: the return goes to the idle ones, at once.
        lease.Dispose();
        Assert.Equal((1, 0), (pool.Snapshot().Idle, pool.Snapshot().Leased));
        Assert.Equal(1, Touch(pool));
    }

    [Fact]
    public void Each_connection_is_closed_when_its_own_idle_time_is_over()
    {
        var pool = CreateDbPool(options => options.IdleTimeout = Ms(300));
        var leases = AcquireMany(pool, 3);
        World.Advance(Ms(1_000));
        Assert.Empty(Connector.Closed);
        foreach (var lease in leases)
        {
            lease.Dispose();
            World.Advance(Ms(100));
        }

        // Returned at 1.0, 1.1 and 1.2 s; now it is 1.3 s.
        Assert.Equal([1], ClosedIds());
        World.Advance(Ms(99));
        Assert.Equal([1], ClosedIds());
        World.Advance(Ms(1));
        Assert.Equal([1, 2], ClosedIds());
        World.Advance(Ms(100));
        Assert.Equal([1, 2, 3], ClosedIds());
    }

    [Fact]
    public void With_no_idle_time_a_connection_is_closed_when_it_is_returned_and_less_is_refused()
    {
        var pool = CreateDbPool(options => options.IdleTimeout = TimeSpan.Zero);

        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => Touch(pool)));

        World.Run();
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.IdleTimeout, closed.Reason));
        Assert.Throws<ArgumentException>(() => CreateDbPool(options => options.IdleTimeout = Seconds(-10)));
    }

    [Fact]
    public void An_old_connection_is_closed_when_it_is_idle_and_one_in_use_when_it_is_returned()
    {
        var pool = CreateDbPool(options => options.IdleTimeout = Timeout.InfiniteTimeSpan);
        var leases = AcquireMany(pool, 2);
        leases[0].Dispose();

        World.Advance(Ms(29_999));
        Assert.Empty(Connector.Closed);
        World.Advance(Ms(1));
        Assert.Equal([1], ClosedIds());
        World.Advance(Seconds(60));
        Assert.True(leases[1].IsActive);
        leases[1].Dispose();
        World.Run();

        Assert.Equal([1, 2], ClosedIds());
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.MaxLifetime, closed.Reason));
    }

    [Fact]
    public void With_no_lifetime_the_pool_only_limits_how_many_there_are_at_once()
    {
        var pool = CreateDbPool(options => (options.MaxLifetime, options.MaxSize) = (TimeSpan.Zero, 2));
        var leases = AcquireMany(pool, 2);
        var waiter = BeginAcquire(pool);

        leases[0].Dispose();
        World.Run();

        Assert.Equal(3, waiter.Result.ConnectionId);
        Assert.Equal([1], ClosedIds());
        Assert.Equal(2, Connector.SizeMax);
    }

    [Fact]
    public void An_over_age_connection_is_not_handed_out_though_its_timer_is_late()
    {
        var pool = CreateDbPool(options => options.IdleTimeout = Timeout.InfiniteTimeSpan);
        Assert.Equal(1, Touch(pool));

        // The clock moves, and the timer has not run yet.
        World.Time.Advance(Seconds(31));

        Assert.Equal(2, Touch(pool));
    }

    [Fact]
    public void A_connect_that_takes_too_long_is_an_error_in_time_and_gives_its_slot_back()
    {
        Connector.Opens.Next(StepPlan.Hang);
        var pool = CreateDbPool(options => (options.MaxSize, options.ConnectTimeout, options.UnavailableAfter) = (1, Ms(200), TimeSpan.Zero));
        var acquire = BeginAcquire(pool);

        World.Advance(Ms(199));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        Assert.IsType<ConnectTimeoutException>(Failure<EndpointUnavailableException>(acquire).InnerException);
        World.Advance(Seconds(5));
        Touch(pool);
        Assert.Throws<ArgumentException>(() => CreateDbPool(options => options.ConnectTimeout = TimeSpan.Zero));
    }

    [Fact]
    public void Without_a_limit_a_connect_may_take_for_ever()
    {
        Connector.Opens.Next(StepPlan.After(TimeSpan.FromHours(1)));
        var pool = CreateDbPool(options => options.ConnectTimeout = Timeout.InfiniteTimeSpan);
        var acquire = BeginAcquire(pool, Timeout.InfiniteTimeSpan);

        World.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, acquire.Result.ConnectionId);
    }

    [Fact]
    public void What_opens_after_its_time_is_closed_in_the_background()
    {
        Connector.Opens.Next(StepPlan.HangDeaf);
        var pool = CreateDbPool(options => options.ConnectTimeout = Ms(200));
        var acquire = BeginAcquire(pool);
        World.Advance(Seconds(10));
        Assert.Equal(2, acquire.Result.ConnectionId);

        Connector.ReleaseHung();
        World.Run();

        Assert.Equal((1, CloseReason.OpenedTooLate), (Assert.Single(Connector.Closed).Connection.Id, Connector.Closed[0].Reason));
        Assert.Equal(1, pool.Snapshot().Size);
    }

    [Fact]
    public void A_failed_open_gives_its_slot_back_and_its_acquirer_is_told_the_last_error()
    {
        Connector.Opens.Always(StepPlan.Fail(Broken));
        var pool = CreateDbPool(options => (options.MaxSize, options.AcquireTimeout) = (1, Seconds(2)));
        var acquire = BeginAcquire(pool);

        World.Advance(Seconds(2));

        Assert.Same(Broken, Failure<AcquireTimeoutException>(acquire).InnerException);
        Assert.InRange(Connector.Opens.Calls, 4, 6);
        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(5));
        Touch(pool);
    }

    [Fact]
    public void An_open_that_fails_for_a_woken_waiter_leaves_nobody_behind()
    {
        var pool = CreateDbPool(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiters = new[] { BeginAcquire(pool), BeginAcquire(pool) };
        Connector.Opens.Next(StepPlan.Fail(Broken));

        lease.MarkFaulty();
        lease.Dispose();
        World.Advance(Ms(100));
        Assert.True(waiters[0].IsCompletedSuccessfully);
        Assert.False(waiters[1].IsCompleted);
        waiters[0].Result.Dispose();
        World.Run();

        Assert.True(waiters[1].IsCompletedSuccessfully);
        waiters[1].Result.Dispose();
        Assert.Equal((1, 0), (pool.Snapshot().Idle, pool.Snapshot().Waiting));
    }

    IEnumerable<long> ClosedIds() => Connector.Closed.Select(closed => closed.Connection.Id);
}

using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Operations, as methods and as messages.</summary>
public sealed class CommandTests : VirtualPoolTest
{
    [Fact]
    public void A_paused_pool_hands_out_nothing_and_serves_who_waits_when_it_is_resumed()
    {
        var pool = Create(options => options.MinSize = 2);
        using var held = Acquire(pool);

        Assert.True(Done(pool.PauseAsync()).IsPaused);
        var first = BeginAcquire(pool);
        var second = BeginAcquire(pool);
        Assert.False(pool.TryAcquire(out _));
        Assert.True(held.IsActive);
        Assert.False(first.IsCompleted);
        Assert.Equal(1, pool.Snapshot().Idle);

        Assert.False(Done(pool.ResumeAsync()).IsPaused);
        World.Run();
        first.Result.Dispose();
        World.Run();
        second.Result.Dispose();
    }

    [Fact]
    public void A_lease_that_is_returned_during_a_pause_stays_idle_until_it_is_over()
    {
        var pool = Create(options => options.MaxSize = 1);
        var held = Acquire(pool);
        var waiter = BeginAcquire(pool);
        Done(pool.PauseAsync());

        held.Dispose();
        World.Run();
        Assert.False(waiter.IsCompleted);
        Assert.Equal(1, pool.Snapshot().Idle);

        Done(pool.ResumeAsync());
        waiter.Result.Dispose();
    }

    [Fact]
    public void A_pause_that_nobody_ends_ends_by_itself()
    {
        var pool = Create(options => { options.PauseLimit = Seconds(5); options.AcquireTimeout = Seconds(60); });
        Done(pool.PauseAsync());
        var waiter = BeginAcquire(pool);

        World.Advance(Seconds(5));

        waiter.Result.Dispose();
    }

    [Fact]
    public void A_pool_that_is_made_smaller_closes_idle_ones_at_once_and_leased_ones_on_return()
    {
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; });
        var leases = Enumerable.Range(0, 3).Select(_ => Acquire(pool)).ToList();

        Assert.Equal((3, 0), (Done(pool.ResizeAsync(0, 2)).Leased, pool.Snapshot().Idle));

        leases[0].Dispose();
        World.Run();
        Assert.Equal((2, 0), (pool.Snapshot().Leased, pool.Snapshot().Idle));
        leases[1].Dispose();
        World.Run();
        Assert.Equal((1, 1), (pool.Snapshot().Leased, pool.Snapshot().Idle));
        leases[2].Dispose();
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Resized, closed.Reason));
    }

    [Fact]
    public void A_pool_that_is_made_larger_serves_its_waiters()
    {
        var pool = Create(options => options.MaxSize = 1);
        using var held = Acquire(pool);
        var waiter = BeginAcquire(pool);

        Done(pool.ResizeAsync(0, 2));

        Done(waiter).Dispose();
    }

    [Fact]
    public void A_size_that_cannot_be_is_refused_before_anything_happens()
    {
        var pool = Create();

        var error = Assert.Throws<ArgumentException>(() => { _ = pool.ResizeAsync(5, 2); });

        Assert.Contains("MinSize (5) is above MaxSize (2)", error.Message, StringComparison.Ordinal);
        Assert.Equal(16, pool.Snapshot().MaxSize);
    }

    [Fact]
    public void Evicting_softly_closes_idle_ones_at_once_leased_ones_on_return_and_opens_the_minimum_anew()
    {
        var pool = Create(options => options.MinSize = 3);
        var lease = Acquire(pool);

        Done(pool.EvictAsync());
        World.Run();

        Assert.True(lease.IsActive);
        Assert.Equal([1L, 2L], Connector.Closed.Select(closed => closed.Connection.Id).Order());
        lease.Dispose();
        World.Run();
        Assert.Equal((3, 3), (pool.Snapshot().Idle, Connector.Closed.Count));
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Evicted, closed.Reason));
    }

    [Fact]
    public void Evicting_hard_closes_leased_ones_under_their_holders()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        Done(pool.EvictAsync(EvictMode.Hard));
        World.Run();

        Assert.Equal(CloseReason.Evicted, Assert.Throws<LeaseRevokedException>(() => lease.Connection).Why);
        waiter.Result.Dispose();
    }

    [Fact]
    public void Evicting_over_a_time_spreads_the_closes_evenly()
    {
        var pool = Create(options => { options.MinSize = 10; options.MaxSize = 10; });

        Done(pool.EvictAsync(over: Seconds(100)));
        for (var window = 1; window <= 10; window++)
        {
            World.Advance(Seconds(10));
            Assert.InRange(Connector.Closed.Count, window - 1, window);
        }

        Assert.Equal(10, pool.Snapshot().Idle);
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Evicted, closed.Reason));
    }

    [Theory]
    [InlineData(EvictMode.Soft)]
    [InlineData(EvictMode.Hard)]
    public void Evicting_one_idle_connection_leaves_the_others_alone_and_opens_the_minimum_anew(EvictMode mode)
    {
        var pool = Create(options => options.MinSize = 3);

        Done(pool.EvictConnectionAsync(2, mode));
        World.Run();

        Assert.Equal((2L, CloseReason.Evicted), Assert.Single(Connector.Closed.Select(closed => (closed.Connection.Id, closed.Reason))));
        Assert.Equal([1L, 3L, 4L], pool.Snapshot().Connections.Select(connection => connection.ConnectionId).Order());
    }

    [Fact]
    public void Evicting_one_leased_connection_closes_it_on_return_or_under_its_holder_and_no_other()
    {
        var pool = Create(options => options.MaxSize = 3);
        Lease<ScriptedConnection>[] leases = [Acquire(pool), Acquire(pool), Acquire(pool)];
        var ids = Array.ConvertAll(leases, lease => lease.ConnectionId);

        Done(pool.EvictConnectionAsync(ids[0]));
        Done(pool.EvictConnectionAsync(ids[1], EvictMode.Hard));
        World.Run();

        Assert.Equal([true, false, true], leases.Select(lease => lease.IsActive));
        Assert.Equal([ids[1]], Connector.Closed.Select(closed => closed.Connection.Id));
        leases[0].Dispose();
        leases[2].Dispose();
        World.Run();
        Assert.Equal(2, Connector.Closed.Count);
        Assert.Equal(ids[2], Assert.Single(pool.Snapshot().Connections).ConnectionId);
    }

    [Fact]
    public void Evicting_one_connection_over_a_time_closes_it_at_the_end_of_that()
    {
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; });

        Done(pool.ExecuteAsync(new EvictConnections(Over: Seconds(10), ConnectionId: 3)));
        World.Advance(Seconds(9));
        Assert.Empty(Connector.Closed);
        World.Advance(Seconds(2));

        Assert.Equal(3, Assert.Single(Connector.Closed).Connection.Id);
    }

    [Fact]
    public void Evicting_a_connection_that_is_gone_closes_nothing_and_numbers_below_one_are_refused()
    {
        var pool = Create(options => options.MinSize = 2);

        Assert.Equal(2, Done(pool.EvictConnectionAsync(77, EvictMode.Hard)).Idle);
        World.Run();

        Assert.Empty(Connector.Closed);
        Assert.Contains(
            "numbered from 1", Assert.Throws<ArgumentOutOfRangeException>(() => Done(pool.EvictConnectionAsync(0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_full_pool_a_connection_takes_the_slot_of_the_one_that_it_replaces()
    {
        var pool = Create(options => { options.MinSize = 3; options.MaxSize = 3; });

        Done(pool.EvictConnectionAsync(2));
        World.Run();

        Assert.Equal(
            [(0, 1L), (1, 4L), (2, 3L)],
            pool.Snapshot().Connections.Select(connection => (connection.Slot, connection.ConnectionId)));
    }

    [Fact]
    public void A_warm_up_ends_when_so_many_are_open()
    {
        Connector.Opens.Always(StepPlan.After(Seconds(1)));
        var pool = Create(options => options.MaxConcurrentConnects = 2);

        var warm = pool.WarmUpAsync(4);
        World.Advance(Seconds(1));
        Assert.False(warm.IsCompleted);
        World.Advance(Seconds(1));

        Assert.Equal(4, Done(warm).Idle);
    }

    [Fact]
    public void A_warm_up_fails_when_the_endpoint_turns_out_to_be_unavailable()
    {
        Connector.Opens.Always(StepPlan.Fail(new IOException("refused")));
        var pool = Create(options => options.UnavailableAfter = Seconds(2));

        var warm = pool.WarmUpAsync(4);
        World.Advance(Seconds(5));

        Assert.IsType<IOException>(Failure<EndpointUnavailableException>(warm).InnerException);
    }

    [Fact]
    public void The_minimum_is_filled_one_by_one_where_that_is_wanted()
    {
        var pool = Create(options => { options.MinSize = 5; options.MaxSize = 5; options.FillStagger = Ms(100); });

        for (var opened = 1; opened <= 5; opened++)
        {
            Assert.Equal(opened, pool.Snapshot().Idle);
            World.Advance(Ms(100));
        }
    }

    [Fact]
    public void Trying_now_does_not_wait_for_the_backoff()
    {
        Connector.Opens.Next(StepPlan.Fail(new IOException("refused")));
        var pool = Create(options => options.ReconnectBackoff.Initial = Seconds(20));
        var waiter = BeginAcquire(pool, Seconds(60));

        Done(pool.TryNowAsync());

        Done(waiter).Dispose();
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
    }

    [Fact]
    public void Where_connections_take_turns_as_many_are_pruned_as_were_idle_half_of_the_time()
    {
        var pool = Create(options =>
        {
            options.Order = IdleOrder.Fifo;
            options.MinSize = 2;
            options.IdleTimeout = Seconds(100);
            options.PruneInterval = Seconds(10);
        });
        var burst = Enumerable.Range(0, 8).Select(_ => Acquire(pool)).ToList();
        burst.ForEach(lease => lease.Dispose());

        // Two are in use all the time, and each is used every few seconds.
        for (var second = 0; second < 150; second++)
        {
            var first = Acquire(pool);
            var other = Acquire(pool);
            World.Advance(Seconds(1));
            first.Dispose();
            other.Dispose();
        }

        Assert.Equal(2, pool.Snapshot().Size);
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.Pruned, closed.Reason));
    }

    [Fact]
    public void Every_command_is_a_message_too_and_its_answer_a_value()
    {
        var pool = Create(options => options.MinSize = 1);

        Assert.Equal(3, Ask(pool, new WarmUpPool(3)).Snapshot!.Idle);
        Assert.Equal(8, Ask(pool, new ResizePool(1, 8)).Snapshot!.MaxSize);
        Assert.True(Ask(pool, new PausePool()).Snapshot!.IsPaused);
        Assert.False(Ask(pool, new ResumePool()).Snapshot!.IsPaused);
        Assert.True(Ask(pool, new EvictConnections()).IsSuccess);
        Assert.True(Ask(pool, new OpenNow()).IsSuccess);
        Assert.True(Ask(pool, new RenewCredentials()).IsSuccess);
        Assert.Equal(1, Ask(pool, new ReconfigurePool(new PoolOptions { Name = "test" })).Snapshot!.Generation);
        Assert.IsType<ArgumentException>(Ask(pool, new ResizePool(3, 2)).Failure);
        Assert.IsType<ArgumentException>(Ask(pool, new ReconfigurePool(new PoolOptions { Name = "another" })).Failure);
        var lease = Acquire(pool);
        pool.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease, new IOException("gone bad")));
        Assert.False(lease.IsActive);
        Assert.True(Ask(pool, new DrainPool()).Snapshot!.IsClosed);
        Assert.IsType<PoolClosedException>(Ask(pool, new PausePool()).Failure);
        Assert.True(Ask(pool, new TakeSnapshot()).Snapshot!.IsClosed);
    }

    [Fact]
    public void Who_awaits_a_command_goes_on_where_the_dispatcher_says()
    {
        var pool = Create();
        var lease = Acquire(pool);
        var drained = pool.DrainAsync();
        Thread? wentOn = null;
        _ = drained.ContinueWith(
            _ => wentOn = Thread.CurrentThread, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        lease.Dispose();
        Assert.False(drained.IsCompleted);
        World.Run();

        Assert.True(drained.IsCompletedSuccessfully);
        Assert.Same(Thread.CurrentThread, wentOn);
    }

    PoolReply Ask(ConnectionPool<ScriptedConnection> pool, PoolCommand command)
    {
        var answer = pool.Ref.Ask(command).AsTask();
        World.Run();
        Assert.True(answer.IsCompleted, $"{command} is not over");
        return answer.GetAwaiter().GetResult();
    }
}

using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Idle connections: expiry, keepalive, reset, the look before hand-out.</summary>
public sealed class IdlingTests : VirtualPoolTest
{
    [Fact]
    public void Idle_connections_above_the_minimum_are_closed_when_their_time_has_come()
    {
        var pool = Create(options => { options.MinSize = 1; options.IdleTimeout = Seconds(10); options.KeepaliveInterval = Timeout.InfiniteTimeSpan; });
        var first = Acquire(pool);
        var second = Acquire(pool);
        var third = Acquire(pool);
        first.Dispose();
        World.Advance(Seconds(5));
        second.Dispose();
        third.Dispose();

        World.Advance(Ms(4999));
        Assert.Equal(3, pool.Snapshot().Idle);
        World.Advance(Ms(1));
        Assert.Equal(2, pool.Snapshot().Idle);
        World.Advance(Seconds(5));
        Assert.Equal(1, pool.Snapshot().Idle);
        World.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal([CloseReason.IdleTimeout, CloseReason.IdleTimeout], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void A_zero_idle_timeout_closes_on_return()
    {
        var pool = Create(options => options.IdleTimeout = TimeSpan.Zero);

        Acquire(pool).Dispose();
        World.Run();

        Assert.Equal(CloseReason.IdleTimeout, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void An_old_connection_is_closed_when_idle_and_never_while_leased()
    {
        var pool = Create(options => { options.MaxLifetime = Seconds(60); options.IdleTimeout = Timeout.InfiniteTimeSpan; });
        var leased = Acquire(pool);
        Acquire(pool).Dispose();

        World.Advance(Seconds(60));
        Assert.Equal(2, Assert.Single(Connector.Closed).Connection.Id);
        Assert.True(leased.IsActive);
        World.Advance(Seconds(60));
        leased.Dispose();
        World.Run();

        Assert.Equal([CloseReason.MaxLifetime, CloseReason.MaxLifetime], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void With_zero_lifetime_the_pool_is_a_limit_on_concurrency()
    {
        var pool = Create(options => { options.MaxLifetime = TimeSpan.Zero; options.MaxSize = 1; });
        var first = Acquire(pool);
        var waiter = BeginAcquire(pool);

        first.Dispose();
        World.Run();

        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Single(Connector.Closed);
    }

    [Fact]
    public void Lifetimes_are_spread_so_that_connections_do_not_end_together()
    {
        var pool = Create(options =>
        {
            options.MinSize = 20;
            options.MaxSize = 20;
            options.MaxConcurrentConnects = 20;
            options.MaxLifetime = Seconds(100);
            options.LifetimeJitter = 0.5;
        });

        var closedAt = new List<int>();
        for (var second = 0; second < 100; second++)
        {
            World.Advance(Seconds(1));
            closedAt.Add(Connector.Closed.Count);
        }

        Assert.Equal(0, closedAt[48]);
        Assert.True(closedAt.Distinct().Count() > 10, "the lifetimes are not spread");
        Assert.Equal(20, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_expired_connection_is_not_handed_out_even_if_its_timer_has_not_run()
    {
        var pool = Create(options => { options.MaxLifetime = Seconds(60); options.MinSize = 1; });

        // Time passes, and the acquire comes before the timer's message.
        World.Time.Advance(Seconds(60));
        using var lease = Acquire(pool);

        Assert.Equal(2, lease.ConnectionId);
    }

    [Fact]
    public void Idle_connections_are_probed_and_stay_where_they_are()
    {
        var pool = Create(options => { options.MinSize = 2; options.KeepaliveInterval = Seconds(10); options.IdleTimeout = Seconds(25); });

        World.Advance(Seconds(10));

        Assert.Equal(2, Connector.Probes.Calls);
        Assert.Equal(2, pool.Snapshot().Idle);
        World.Advance(Seconds(100));
        Assert.InRange(Connector.Probes.Calls, 20, 24);
    }

    [Fact]
    public void A_probe_does_not_count_as_use()
    {
        var pool = Create(options => { options.KeepaliveInterval = Seconds(2); options.IdleTimeout = Seconds(10); });
        Acquire(pool).Dispose();

        World.Advance(Seconds(10));

        Assert.True(Connector.Probes.Calls >= 3);
        Assert.Equal(CloseReason.IdleTimeout, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(0, pool.Snapshot().Size);
    }

    [Fact]
    public void A_leased_connection_is_never_probed()
    {
        var pool = Create(options => options.KeepaliveInterval = Seconds(1));
        using var lease = Acquire(pool);

        World.Advance(Seconds(60));

        Assert.Equal(0, Connector.Probes.Calls);
    }

    [Fact]
    public void A_connection_whose_probe_fails_is_closed_and_replaced()
    {
        var pool = Create(options => { options.MinSize = 1; options.KeepaliveInterval = Seconds(10); });
        Connector.Probes.Next(StepPlan.Fail(new IOException("no answer")));

        World.Advance(Seconds(10));

        Assert.Equal(CloseReason.ProbeFailed, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(1, pool.Snapshot().Idle);
        Assert.Equal(2, Connector.OpenedCount);
    }

    [Fact]
    public void A_probe_that_hangs_is_given_up_after_the_keepalive_timeout()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; options.KeepaliveInterval = Seconds(10); options.KeepaliveTimeout = Seconds(2); });
        Connector.Probes.Next(StepPlan.Hang);
        while (Connector.Probes.Calls == 0)
        {
            World.Advance(Ms(1));
        }

        Assert.Equal(1, pool.Snapshot().Probing);
        var waiter = BeginAcquire(pool);

        World.Advance(Seconds(2));

        Assert.Equal(CloseReason.ProbeFailed, Assert.Single(Connector.Closed).Reason);
        waiter.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_probe_delays_no_acquire_that_another_connection_can_serve()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 2; options.KeepaliveInterval = Seconds(10); });
        Connector.Probes.Always(StepPlan.Hang);
        World.Advance(Seconds(10));
        Assert.Equal(1, pool.Snapshot().Probing);

        using var lease = Acquire(pool);

        Assert.Equal(2, lease.ConnectionId);
    }

    [Fact]
    public void A_connection_idle_for_long_is_looked_at_before_it_is_handed_out()
    {
        var pool = Create(options => options.MinSize = 2);
        var ids = pool.Snapshot().Connections.Select(connection => connection.ConnectionId).ToList();
        Connector.Kill(Connector.Open[0]);
        Connector.Kill(Connector.Open[1]);
        World.Advance(Seconds(1));

        using var lease = Acquire(pool);

        Assert.DoesNotContain(lease.ConnectionId, ids);
        Assert.Equal([CloseReason.NotReusable, CloseReason.NotReusable], Connector.Closed.Select(closed => closed.Reason));
        Assert.Equal(1, pool.Snapshot().Acquired);
    }

    [Fact]
    public void A_connection_used_a_moment_ago_is_not_looked_at()
    {
        var pool = Create(options => options.MinSize = 1);
        Connector.Kill(Connector.Open[0]);
        World.Advance(Ms(999));

        using var lease = Acquire(pool);

        Assert.Equal(1, lease.ConnectionId);
    }

    [Fact]
    public void Who_was_given_a_dead_connection_goes_to_the_head_of_the_line()
    {
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 1; });
        Connector.Kill(Connector.Open[0]);
        World.Advance(Seconds(2));
        Connector.Opens.Always(StepPlan.After(Ms(10)));

        var first = BeginAcquire(pool);
        var second = BeginAcquire(pool);
        World.Advance(Ms(10));

        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        first.GetAwaiter().GetResult().Dispose();
        World.Run();
        second.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void TryAcquire_and_blocking_acquires_look_too()
    {
        var pool = Create(options => options.MinSize = 3);
        Connector.Kill(Connector.Open[2]);
        Connector.Kill(Connector.Open[1]);
        World.Advance(Seconds(2));

        Assert.True(pool.TryAcquire(out var lease));

        Assert.Equal(1, lease.ConnectionId);
        lease.Dispose();
    }

    [Fact]
    public void A_returned_connection_is_reset_before_its_next_lease()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Resets.Always(StepPlan.After(Ms(5)));
        var pool = Create(options => options.MaxSize = 1);
        Acquire(pool).Dispose();
        var waiter = BeginAcquire(pool);
        Assert.Equal(1, pool.Snapshot().Resetting);

        World.Advance(Ms(5));

        Assert.Equal(1, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Equal(1, Connector.Resets.Calls);
    }

    [Fact]
    public void A_returned_connection_that_has_nothing_to_clear_is_not_reset()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        var hasLeftovers = false;
        Connector.Leftovers = _ => hasLeftovers;
        var pool = Create(options => options.MaxSize = 1);

        Acquire(pool).Dispose();

        Assert.Equal((1, 0), (pool.Snapshot().Idle, Connector.Resets.Calls));
        hasLeftovers = true;
        Acquire(pool).Dispose();
        World.Run();
        Assert.Equal((1, 1), (pool.Snapshot().Idle, Connector.Resets.Calls));
    }

    [Fact]
    public void A_reset_that_a_holder_brings_is_done_whether_its_connector_wants_one_or_not()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Leftovers = static _ => false;
        var pool = Create(options => options.MaxSize = 1);
        var resets = 0;

        Acquire(pool).ReturnWith((_, _) =>
        {
            resets++;
            return default;
        });
        World.Run();

        Assert.Equal((1, 1), (pool.Snapshot().Idle, resets));
    }

    [Fact]
    public void A_connection_whose_look_for_leftovers_throws_is_closed()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Leftovers = static _ => throw new InvalidOperationException("cannot tell");
        var pool = Create();

        Acquire(pool).Dispose();
        World.Run();

        Assert.Equal(CloseReason.NotReturned, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void A_connection_whose_reset_fails_or_hangs_is_closed()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Reset);
        Connector.Resets.Next(StepPlan.Fail(new IOException("rollback")), StepPlan.Hang);
        var pool = Create(options => options.ResetTimeout = Seconds(1));

        Acquire(pool).Dispose();
        World.Run();
        Assert.Equal(CloseReason.ResetFailed, Assert.Single(Connector.Closed).Reason);
        Acquire(pool).Dispose();
        World.Advance(Seconds(1));

        Assert.Equal([CloseReason.ResetFailed, CloseReason.ResetFailed], Connector.Closed.Select(closed => closed.Reason));
    }

    [Fact]
    public void A_connection_that_its_connector_will_not_take_back_is_closed()
    {
        Connector = ScriptedConnection.Connector(ConnectorSteps.Return);
        Connector.Returns = static connection => connection.Id != 1;
        var pool = Create();

        Acquire(pool).Dispose();
        World.Run();
        Acquire(pool).Dispose();
        World.Run();

        Assert.Equal(CloseReason.NotReturned, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_idle_connection_that_condemns_itself_is_replaced_at_once()
    {
        var pool = Create(options => options.MinSize = 1);

        Connector.Condemn(Connector.Open[0], new IOException("closed by peer"));
        World.Run();

        Assert.Equal(CloseReason.Condemned, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_leased_connection_that_condemns_itself_is_closed_at_its_return()
    {
        var pool = Create();
        var lease = Acquire(pool);

        Connector.Condemn(lease.Connection, new IOException("closed by peer"));
        World.Run();
        Assert.True(lease.IsActive);
        Assert.Equal(SlotState.Doomed, Assert.Single(pool.Snapshot().Connections).State);
        lease.Dispose();
        World.Run();

        Assert.Equal(CloseReason.Condemned, Assert.Single(Connector.Closed).Reason);
    }
}

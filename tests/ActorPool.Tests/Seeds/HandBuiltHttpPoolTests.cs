using ActorPool.TestKit;

namespace ActorPool.Tests.Seeds;

/// <summary>The pool held against the hand-built <c>HTTPConnectionPool</c> of Python tutorials.</summary>
/// <remarks>
/// Deliberate differences, by row:
/// <list type="bullet">
/// <item>Constructor: a size without any limit is refused (<see cref="PoolOptions.MaxSize"/> is at most a million): a leak
/// would grow until the machine ends. A pool that shall always create is given a size it will not meet.</item>
/// <item>Blocking=False with timeout: cannot be written. <see cref="IConnectionPool{TConnection}.TryAcquire"/> has no
/// timeout, and a timeout belongs to an acquire that waits.</item>
/// <item>Creation: a connection is opened before it is handed out, not at its first request, so that errors of opening have
/// a time limit and a backoff of their own; and it opens outside of every turn, so that it holds nobody up.</item>
/// <item>Release of a broken connection: the replacement is opened when somebody waits for it or
/// <see cref="PoolOptions.MinSize"/> asks for it, instead of always.</item>
/// <item>Exit of a <c>with</c> whose response was not read to its end: ActorPool.Http decides that from the response. In the
/// core a connector says so when the connection is returned (<see cref="IConnector{TConnection}.TryReturn"/>).</item>
/// <item>Idle clearing: each connection has its own exact deadline, instead of a sweep that comes up to twice as late.</item>
/// <item>Scheme: ActorPool.Http. An <see cref="Endpoint"/> tells <c>http</c> from <c>https</c> (tested here).</item>
/// </list>
/// </remarks>
public sealed class HandBuiltHttpPoolTests : SeedTest
{
    [Fact]
    public void A_connection_is_made_whenever_none_is_idle_and_without_an_idle_timeout_it_stays()
    {
        var pool = Create(options =>
        {
            (options.MaxSize, options.MaxConcurrentConnects) = (1_000_000, 1_000);
            (options.IdleTimeout, options.MaxLifetime) = (Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            options.KeepaliveInterval = Timeout.InfiniteTimeSpan;
        });

        Return(AcquireMany(pool, 500));
        World.Advance(TimeSpan.FromDays(365));

        Assert.Equal((500, 500), (Connector.OpenedCount, pool.Snapshot().Idle));
    }

    [Fact]
    public void The_number_of_connections_counts_those_that_are_out()
    {
        var pool = Create(options => options.MaxSize = 3);
        var leases = AcquireMany(pool, 3);
        leases[0].Dispose();
        leases[1].Dispose();
        World.Run();
        using var again = Acquire(pool);
        _ = BeginAcquire(pool, Seconds(1));
        _ = BeginAcquire(pool, Seconds(1));

        var snapshot = pool.Snapshot();

        Assert.Equal((3, 0, 3, 1), (snapshot.Size, snapshot.Idle, snapshot.Leased, snapshot.Waiting));
        leases[2].Dispose();
    }

    [Fact]
    public void An_idle_connection_is_reused_and_a_missing_one_is_made()
    {
        var pool = Create();
        Assert.Equal(1, Touch(pool));

        using var first = Acquire(pool);
        using var second = Acquire(pool);

        Assert.Equal([1, 2], new[] { first.ConnectionId, second.ConnectionId });
    }

    [Fact]
    public void A_full_pool_refuses_who_does_not_wait_at_once()
    {
        var pool = Create(options => options.MaxSize = 1);
        using var held = Acquire(pool);

        Assert.False(pool.TryAcquire(out _));
        Failure<AcquireTimeoutException>(BeginAcquire(pool, TimeSpan.Zero));
    }

    [Fact]
    public void A_full_pool_lets_who_waits_wait_for_as_long_as_he_said_or_for_ever()
    {
        var pool = Create(options => options.MaxSize = 1);
        var held = Acquire(pool);
        var brief = BeginAcquire(pool, Seconds(3));
        var patient = BeginAcquire(pool, Timeout.InfiniteTimeSpan);

        World.Advance(Ms(2_999));
        Assert.False(brief.IsCompleted);
        World.Advance(Ms(1));
        Failure<AcquireTimeoutException>(brief);

        World.Advance(TimeSpan.FromDays(100));
        Assert.False(patient.IsCompleted);
        held.Dispose();
        World.Run();
        patient.Result.Dispose();
    }

    [Fact]
    public void A_negative_timeout_is_refused_even_when_there_is_room()
    {
        var pool = Create();

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = pool.AcquireAsync(Seconds(-1)); });
        Assert.Throws<ArgumentException>(() => Create(options => options.AcquireTimeout = Seconds(-1)));
        Assert.Equal(0, Connector.Opens.Calls);
    }

    [Fact]
    public void Nothing_free_and_nothing_free_in_time_are_two_errors_with_one_base()
    {
        var strict = Create(options => (options.MaxSize, options.WhenExhausted) = (1, WhenExhausted.Throw));
        using (Acquire(strict))
        {
            Assert.IsType<PoolExhaustedException>(Failure<PoolException>(BeginAcquire(strict)));
            Assert.Equal(0, NowMs);
        }

        World.Run();
        Connector = ScriptedConnection.Connector();
        var patient = Create(options => (options.MaxSize, options.AcquireTimeout) = (1, Ms(100)));
        using var held = Acquire(patient);
        var late = BeginAcquire(patient);
        World.Advance(Ms(100));

        Assert.IsType<AcquireTimeoutException>(Failure<PoolException>(late));
    }

    [Fact]
    public void The_connection_that_was_returned_last_is_taken_first()
    {
        var pool = Create();
        var leases = AcquireMany(pool, 3);
        Return(leases);

        Assert.Equal([3, 2, 1], AcquireMany(pool, 3).Select(lease => lease.ConnectionId));
    }

    [Fact]
    public void Each_release_wakes_one_waiter_and_always_the_one_that_has_waited_longest()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiters = Enumerable.Range(0, 4).Select(_ => BeginAcquire(pool)).ToList();

        for (var served = 0; served < waiters.Count; served++)
        {
            lease.Dispose();
            World.Run();
            Assert.Equal(served + 1, waiters.Count(waiter => waiter.IsCompleted));
            lease = waiters[served].Result;
        }
    }

    [Fact]
    public void While_one_connection_opens_the_others_come_and_go()
    {
        var pool = Create(options => options.MaxSize = 2);
        var lease = Acquire(pool);
        Connector.Opens.Next(StepPlan.After(Seconds(2)));
        var opening = BeginAcquire(pool);
        lease.Dispose();
        World.Run();
        using var first = opening.Result;
        Assert.Equal((1, 2), (pool.Snapshot().Opening, pool.Snapshot().Size));

        // Its slot is taken meanwhile: the next one waits for it, and makes none of its own.
        var next = BeginAcquire(pool);
        Assert.False(next.IsCompleted);
        World.Advance(Seconds(2));

        Assert.Equal(2, next.Result.ConnectionId);
        Assert.Equal(2, Connector.SizeMax);
    }

    [Fact]
    public void What_is_returned_to_a_closed_pool_is_closed_without_a_word()
    {
        var pool = Create();
        var lease = Acquire(pool);
        _ = pool.DrainAsync();
        World.Run();
        Assert.Empty(Connector.Closed);

        lease.Dispose();
        World.Run();

        Assert.Equal(CloseReason.PoolClosed, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void A_failure_never_shrinks_the_pool()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (2, 2));

        for (var failure = 0; failure < 20; failure++)
        {
            Failure<IOException>(Fail(pool, null, Broken));
        }

        Assert.Equal((2, 2), (pool.Snapshot().Idle, pool.Snapshot().Size));
        Assert.Equal(20, Connector.Closed.Count(closed => closed.Reason == CloseReason.Fault));
    }

    [Fact]
    public void A_broken_connection_that_is_released_wakes_a_waiter_with_a_fresh_one()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);

        lease.MarkFaulty();
        lease.Dispose();
        World.Run();

        Assert.Equal(2, waiter.Result.ConnectionId);
    }

    [Fact]
    public void A_connection_that_is_released_twice_is_never_given_to_two_callers()
    {
        var pool = Create(options => options.MaxSize = 2);
        var lease = Acquire(pool);
        lease.Dispose();
        lease.Dispose();

        var leases = AcquireMany(pool, 2);

        Assert.Equal(2, leases.Select(each => each.ConnectionId).Distinct().Count());
        Assert.False(pool.TryAcquire(out _));
    }

    [Fact]
    public void A_connection_of_another_pool_is_refused_and_stays_where_it_was()
    {
        var (own, other) = (Create(), Create());
        using var lease = Acquire(other);

        Assert.Throws<ForeignLeaseException>(() => own.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease)));

        Assert.True(lease.IsActive);
        Assert.Equal((0, 1), (own.Snapshot().Size, other.Snapshot().Leased));
    }

    [Fact]
    public void Any_error_of_a_request_closes_its_connection_and_reaches_the_caller()
    {
        var error = new FormatException("no such header");

        Assert.Same(error, Failure<FormatException>(Fail(Create(), null, error)));

        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
    }

    [Fact]
    public void A_lease_that_ends_without_any_request_loses_no_slot()
    {
        var pool = Create(options => options.MaxSize = 1);

        for (var use = 0; use < 10; use++)
        {
            Acquire(pool).Dispose();
        }

        Assert.Equal((1, 1), (Connector.OpenedCount, pool.Snapshot().Idle));
    }

    [Fact]
    public void An_idle_connection_is_closed_exactly_one_idle_timeout_after_its_return()
    {
        var pool = Create(options => options.IdleTimeout = Seconds(10));
        World.Advance(Seconds(7));
        var leases = AcquireMany(pool, 2);
        leases[0].Dispose();
        World.Advance(Seconds(4));
        leases[1].Dispose();

        World.Advance(Ms(5_999));
        Assert.Empty(Connector.Closed);
        World.Advance(Ms(1));
        Assert.Equal(1, Assert.Single(Connector.Closed).Connection.Id);
        Assert.Equal(1, pool.Snapshot().Size);
        World.Advance(Seconds(4));

        Assert.Equal([CloseReason.IdleTimeout, CloseReason.IdleTimeout], Connector.Closed.Select(closed => closed.Reason));
        Assert.Empty(Connector.Open);
    }

    [Fact]
    public void Closing_fails_the_waiters_at_once_and_may_be_said_twice()
    {
        var pool = Create(options => options.MaxSize = 1);
        var lease = Acquire(pool);
        var waiters = Enumerable.Range(0, 3).Select(_ => BeginAcquire(pool, Timeout.InfiniteTimeSpan)).ToList();

        var first = pool.DrainAsync();
        var second = pool.DrainAsync();
        World.Run();

        Assert.All(waiters, waiter => Failure<PoolClosedException>(waiter));
        Failure<PoolClosedException>(BeginAcquire(pool));
        lease.Dispose();
        World.Run();
        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
    }

    [Fact]
    public void Disposing_the_pool_at_the_end_of_its_scope_closes_it_and_leaves_no_timer()
    {
        var pool = Create(options => options.MinSize = 2);

        var disposed = pool.DisposeAsync();
        World.Advance(Seconds(5));

        Assert.True(disposed.IsCompletedSuccessfully);
        Assert.Equal(2, Connector.Closed.Count);
        Assert.Null(World.Time.NextTimerIn);
    }

    [Theory]
    [InlineData("http://Example.org", "http", 80)]
    [InlineData("https://Example.org", "https", 443)]
    public void Http_and_https_are_not_mistaken_for_each_other(string text, string scheme, int port)
    {
        var endpoint = Endpoint.Parse(text);

        Assert.Equal((scheme, "example.org", port), (endpoint.Scheme, endpoint.Host, endpoint.Port));
    }
}

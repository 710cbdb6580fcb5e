using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>Opening: the minimum, failures, backoff, health.</summary>
public sealed class OpeningTests : VirtualPoolTest
{
    static readonly IOException Refused = new("refused");

    [Fact]
    public void The_minimum_is_opened_in_the_background_at_once()
    {
        var pool = Create(options => { options.MinSize = 3; options.MaxConcurrentConnects = 2; });

        Assert.Equal(3, pool.Snapshot().Idle);
    }

    [Fact]
    public void An_always_full_pool_replaces_what_it_loses()
    {
        var pool = Create(options => { options.MinSize = 4; options.MaxSize = 4; });

        for (var loss = 0; loss < 10; loss++)
        {
            Connector.Condemn(Connector.Open[loss % 4], new IOException("gone"));
            World.Run();
            Assert.Equal(4, pool.Snapshot().Idle);
        }

        Assert.Equal(14, Connector.OpenedCount);
        Assert.Equal(4, Connector.SizeMax);
    }

    [Fact]
    public void A_failed_open_is_tried_again_after_its_backoff_and_then_serves_the_waiter()
    {
        Connector.Opens.Next(StepPlan.Fail(Refused), StepPlan.Fail(Refused));
        var pool = Create();
        var waiter = BeginAcquire(pool);
        Assert.Equal(PoolHealth.Failing, pool.Snapshot().Health);
        Assert.Equal("IOException: refused", pool.Snapshot().LastOpenError);

        World.Advance(Ms(99));
        Assert.Equal(1, Connector.Opens.Calls);
        World.Advance(Ms(1));
        Assert.Equal(2, Connector.Opens.Calls);
        World.Advance(Ms(199));
        Assert.Equal(2, Connector.Opens.Calls);
        World.Advance(Ms(1));

        waiter.GetAwaiter().GetResult().Dispose();
        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
        Assert.Null(pool.Snapshot().LastOpenError);
    }

    [Fact]
    public void The_backoff_doubles_up_to_its_maximum()
    {
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options =>
        {
            options.ReconnectBackoff.Max = Ms(800);
            options.UnavailableAfter = Timeout.InfiniteTimeSpan;
        });
        var attempts = new List<double>();
        var waiter = BeginAcquire(pool, Seconds(5));
        for (var calls = 0; World.Time.Elapsed < Seconds(4); World.Advance(Ms(1)))
        {
            if (Connector.Opens.Calls > calls)
            {
                calls = Connector.Opens.Calls;
                attempts.Add(World.Time.Elapsed.TotalMilliseconds);
            }
        }

        Assert.Equal([0, 100, 300, 700, 1500, 2300, 3100, 3900], attempts);
        World.Advance(Seconds(2));
        Assert.IsType<IOException>(Failure<AcquireTimeoutException>(waiter).InnerException);
    }

    [Fact]
    public void Full_jitter_waits_between_nothing_and_the_bound()
    {
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => options.ReconnectBackoff.Jitter = true);

        var waits = new HashSet<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            _ = BeginAcquire(pool, Ms(1));
            waits.Add(pool.Snapshot().NextAttemptIn!.Value);
            World.Advance(Seconds(2));
        }

        Assert.True(waits.Count > 2, "the waits do not vary");
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, Seconds(2)));
    }

    [Fact]
    public void Opens_that_fail_together_take_one_step_of_the_backoff()
    {
        Connector.Opens.Always(new StepPlan { Delay = Ms(10), Error = Refused });
        var pool = Create();
        for (var waiter = 0; waiter < 4; waiter++)
        {
            _ = BeginAcquire(pool);
        }

        World.Advance(Ms(10));

        Assert.Equal(4, pool.Snapshot().FailuresInARow);
        Assert.Equal(Ms(100), pool.Snapshot().NextAttemptIn);
    }

    [Fact]
    public void A_failing_endpoint_is_tried_one_connect_at_a_time()
    {
        Connector.Opens.Next(StepPlan.Fail(Refused)).Always(StepPlan.After(Ms(10)));
        var pool = Create();
        var waiters = Enumerable.Range(0, 4).Select(_ => BeginAcquire(pool)).ToList();

        World.Advance(Ms(100));
        Assert.Equal(1, Connector.Opening);
        World.Advance(Ms(10));
        Assert.Equal(3, Connector.Opening);
        World.Advance(Ms(10));

        Assert.All(waiters, waiter => Assert.True(waiter.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_failed_open_frees_its_slot_and_others_are_served_meanwhile()
    {
        Connector.Opens.Next(StepPlan.Succeed).Always(StepPlan.Fail(Refused));
        var pool = Create(options => options.MaxSize = 2);
        var lease = Acquire(pool);
        var waiter = BeginAcquire(pool);
        Assert.Equal(1, pool.Snapshot().Size);

        lease.Dispose();
        World.Run();

        Assert.Equal(1, waiter.GetAwaiter().GetResult().ConnectionId);
    }

    [Fact]
    public void An_open_that_takes_too_long_is_cancelled_and_its_slot_freed()
    {
        Connector.Opens.Always(StepPlan.Hang);
        var pool = Create(options =>
        {
            options.ConnectTimeout = Seconds(1);
            options.AcquireTimeout = Ms(1050);
        });
        var waiter = BeginAcquire(pool);

        World.Advance(Ms(999));
        Assert.Equal(1, Connector.Opening);
        World.Advance(Ms(1));
        Assert.Equal(0, Connector.Opening);
        Assert.Equal(0, pool.Snapshot().Size);
        World.Advance(Ms(50));

        var inner = Assert.IsType<ConnectTimeoutException>(Failure<AcquireTimeoutException>(waiter).InnerException);
        Assert.Contains("ConnectTimeout", inner.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_opens_after_its_time_is_closed_exactly_once()
    {
        Connector.Opens.Next(StepPlan.HangDeaf);
        var pool = Create(options => { options.ConnectTimeout = Seconds(1); options.MaxSize = 1; });
        var waiter = BeginAcquire(pool);
        World.Advance(Seconds(1));
        Assert.Equal(1, pool.Snapshot().Closing);

        Connector.ReleaseHung();
        World.Run();

        Assert.Equal(CloseReason.OpenedTooLate, Assert.Single(Connector.Closed).Reason);
        World.Advance(Seconds(1));
        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
    }

    [Fact]
    public void A_deaf_open_holds_its_slot_no_longer_than_the_close_timeout()
    {
        Connector.Opens.Next(StepPlan.HangDeaf);
        var pool = Create(options => { options.ConnectTimeout = Seconds(1); options.MaxSize = 1; });
        var waiter = BeginAcquire(pool);

        World.Advance(Seconds(3));

        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Connector.ReleaseHung();
        World.Run();
        Assert.Equal(CloseReason.OpenedTooLate, Assert.Single(Connector.Closed).Reason);
    }

    [Theory]
    [InlineData(OpenFailureKind.Credentials)]
    [InlineData(OpenFailureKind.Certificate)]
    [InlineData(OpenFailureKind.Configuration)]
    public void What_waiting_cannot_cure_fails_the_waiters_at_once_and_is_tried_slowly(OpenFailureKind kind)
    {
        Connector.Opens.Always(StepPlan.Fail(new UnauthorizedAccessException("who are you?")));
        Connector.Kinds = _ => kind;
        var pool = Create();

        var error = Failure<ConnectFailedException>(BeginAcquire(pool));

        Assert.Equal(kind, error.Kind);
        Assert.IsType<UnauthorizedAccessException>(error.InnerException);
        Assert.Equal(PoolHealth.Unavailable, pool.Snapshot().Health);
        World.Advance(Seconds(29));
        Assert.Equal(1, Connector.Opens.Calls);
        World.Advance(Seconds(1));
        Assert.Equal(2, Connector.Opens.Calls);
    }

    [Fact]
    public void An_endpoint_that_fails_for_long_is_unavailable_and_acquires_fail_at_once()
    {
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => { options.UnavailableAfter = Seconds(2); options.ReconnectBackoff.Max = Seconds(1); });
        var waiter = BeginAcquire(pool, TimeSpan.FromMinutes(1));

        World.Advance(Seconds(4));

        Assert.Equal(PoolHealth.Unavailable, pool.Snapshot().Health);
        var error = Failure<EndpointUnavailableException>(waiter);
        Assert.Same(Refused, error.InnerException);
        Assert.InRange(error.NextAttemptIn, Ms(1), Seconds(1));
        Failure<EndpointUnavailableException>(BeginAcquire(pool));
    }

    [Fact]
    public void An_unavailable_endpoint_is_probed_by_the_pool_itself_and_recovers()
    {
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => options.UnavailableAfter = TimeSpan.Zero);
        Failure<EndpointUnavailableException>(BeginAcquire(pool));

        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Ms(100));

        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
        Acquire(pool).Dispose();
    }

    [Fact]
    public void An_acquire_at_an_unavailable_endpoint_starts_an_attempt_when_the_last_is_over_a_second_old()
    {
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => { options.UnavailableAfter = TimeSpan.Zero; options.ReconnectBackoff.Initial = Seconds(30); });
        _ = BeginAcquire(pool);
        World.Advance(Seconds(1));
        _ = BeginAcquire(pool);
        Assert.Equal(1, Connector.Opens.Calls);

        World.Advance(Ms(1));
        _ = BeginAcquire(pool);

        Assert.Equal(2, Connector.Opens.Calls);
    }

    [Fact]
    public void An_open_says_which_attempt_it_is()
    {
        var attempts = new List<int>();
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            attempts.Add(context.Attempt);
            Assert.Equal("test", context.PoolName);
            return attempts.Count < 3 ? throw Refused : new ScriptedConnection(context.ConnectionId);
        });
        var pool = Create();

        _ = BeginAcquire(pool);
        World.Advance(Seconds(1));

        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public void A_connection_that_condemns_itself_while_it_opens_is_closed_and_another_opened()
    {
        var condemned = false;
        Connector = new ScriptedConnector<ScriptedConnection>(context =>
        {
            if (!condemned)
            {
                condemned = true;
                context.Condemn(new IOException("already gone"));
            }

            return new ScriptedConnection(context.ConnectionId);
        });
        var pool = Create();
        var waiter = BeginAcquire(pool);

        World.Advance(Seconds(1));

        Assert.Equal(2, waiter.GetAwaiter().GetResult().ConnectionId);
        Assert.Single(Connector.Closed);
    }
}

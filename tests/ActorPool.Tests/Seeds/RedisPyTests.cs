using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.TestKit;
using ActorPool.Tests.Retries;

namespace ActorPool.Tests.Seeds;

/// <summary>The pool held against the pools of <c>redis-py</c>, old and new.</summary>
/// <remarks>
/// Deliberate differences, by row:
/// <list type="bullet">
/// <item>Sharing: whether a client closes a pool that it was given is ActorPool.Redis' business.</item>
/// <item>max_connections: 16 by default, like every pool here; 0 and null are refused instead of meaning the default.</item>
/// <item>Failed connect: the acquirer is not told at once; the endpoint is tried again while he has time left. No unconnected
/// object stays in the pool: its slot is empty.</item>
/// <item>Fork: .NET has none.</item>
/// <item>Get is a ready check: a connection that is not ready is closed and another one opened, however often; there is no
/// error "not ready".</item>
/// <item>Backoffs: their first wait is base · 2, since their count starts at 1; <see cref="RetryOptions.Delay"/> is the first
/// wait itself. ExponentialWithJitter is <see cref="RetryBackoff.FullJitter"/>. No backoff is a Delay of zero.</item>
/// <item>Client default retry: none by default; the core cannot know what may be done twice. ActorPool.Redis knows commands.</item>
/// <item>Timeouts: a command's timeout is ActorPool.Redis'; in the core an operation has its token.</item>
/// <item>socket_keepalive: on by default, after 60 s, every 10 s, 5 times; their numbers can be set (tested here).</item>
/// <item>Addresses: not strictly one after the other; after 250 ms the next is tried beside the slow one (RFC 8305).</item>
/// <item>health_check_interval: idle connections are probed in the background, so that nobody waits for a PING of his own.</item>
/// <item>disconnect(): a lease that is out does not reconnect under its holder: it is revoked, and says so. Closing is
/// something else, and final.</item>
/// <item>LOADING reply, wrong password, RESP errors: ActorPool.Redis classifies them; the kinds they fall into are tested here.</item>
/// <item>from_url: ActorPool.Redis; the core reads the endpoint part, and refuses passwords in it (tested here).</item>
/// </list>
/// </remarks>
public sealed partial class RedisPyTests : SeedTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_maximum_below_one_is_refused(int maxSize) =>
        Assert.Throws<ArgumentException>(() => Create(options => options.MaxSize = maxSize));

    [Fact]
    public void At_the_maximum_an_acquire_fails_at_once_if_it_shall_not_wait()
    {
        var pool = Create(options => (options.MaxSize, options.WhenExhausted) = (100, WhenExhausted.Throw));
        var leases = AcquireMany(pool, 100);

        var error = Failure<PoolExhaustedException>(BeginAcquire(pool));

        Assert.Equal((PoolFailureReason.Exhausted, 100, 0.0), (error.Reason, error.Snapshot!.Leased, NowMs));
        leases[0].Dispose();
        Touch(pool);
        Return(leases);
    }

    [Fact]
    public void The_blocking_pool_is_fifty_connections_and_twenty_seconds_last_in_first_out()
    {
        var pool = Create(options => (options.MaxSize, options.AcquireTimeout) = (50, Seconds(20)));
        var leases = AcquireMany(pool, 50);
        var acquire = BeginAcquire(pool);

        World.Advance(Ms(19_999));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        Failure<AcquireTimeoutException>(acquire);
        Failure<AcquireTimeoutException>(BeginAcquire(pool, TimeSpan.Zero));
        Return(leases);
        Assert.Equal(50, Touch(pool));
    }

    [Fact]
    public void The_count_of_connections_goes_down_again()
    {
        var pool = Create(options => options.MaxSize = 2);
        var leases = AcquireMany(pool, 2);
        leases.ForEach(lease => lease.MarkFaulty());
        Return(leases);
        World.Run();
        Assert.Equal(0, pool.Snapshot().Size);

        Return(AcquireMany(pool, 2));
        Assert.Equal([4, 3], AcquireMany(pool, 2).Select(lease => lease.ConnectionId));
    }

    [Fact]
    public void A_pool_of_one_is_not_exhausted_by_a_connect_that_failed()
    {
        Connector.Opens.Next(StepPlan.Fail(new SocketException((int)SocketError.ConnectionRefused)));
        var pool = Create(options => options.MaxSize = 1);
        var acquire = BeginAcquire(pool);
        Assert.Equal((0, 1), (pool.Snapshot().Size, pool.Snapshot().Waiting));

        World.Advance(Ms(100));

        Assert.Equal(2, acquire.Result.ConnectionId);
    }

    [Fact]
    public void A_factory_that_throws_before_it_begins_costs_no_slot()
    {
        var calls = 0;
        var pool = CreateOn(
            ActorPool.Connector.Create((context, _) => calls++ == 0
                ? throw new FormatException("no such option")
                : ValueTask.FromResult(new ScriptedConnection(context.ConnectionId))),
            options => options.MaxSize = 1);
        var acquire = BeginAcquire(pool);

        World.Advance(Ms(100));

        Assert.True(acquire.IsCompletedSuccessfully);
        acquire.Result.Dispose();
        End(pool);
    }

    [Fact]
    public void A_connection_released_twice_is_never_in_the_pool_twice()
    {
        var pool = Create(options => options.MaxSize = 2);
        var leases = AcquireMany(pool, 2);

        leases[0].Dispose();
        leases[0].Dispose();
        Assert.Equal((1, 1), (pool.Snapshot().Idle, pool.Snapshot().Leased));
        using var again = Acquire(pool);
        Assert.NotEqual(leases[1].ConnectionId, again.ConnectionId);
        Assert.False(pool.TryAcquire(out _));

        // The real release of the other one is not lost for it, nor is the second release counted as somebody else's.
        leases[0].Dispose();
        Assert.True(again.IsActive);
        leases[1].Dispose();
        Assert.Equal((1, 1, 2L), (pool.Snapshot().Idle, pool.Snapshot().Leased, pool.Snapshot().RepeatedReleases));
    }

    [Fact]
    public void A_lease_of_another_pool_is_refused_and_neither_pool_changes()
    {
        var own = Create();
        var lease = Acquire(own);
        Connector = ScriptedConnection.Connector();
        var other = Create();

        Assert.Throws<ForeignLeaseException>(() => other.Ref.Tell(new ReleaseLease<ScriptedConnection>(lease)));

        Assert.Equal((1, 0), (own.Snapshot().Leased, other.Snapshot().Size));
        Assert.True(lease.IsActive);
        lease.Dispose();
    }

    [Fact]
    public void A_connection_that_died_while_idle_is_replaced_before_it_is_handed_out()
    {
        var pool = Create(options => options.ValidateAfterIdle = TimeSpan.Zero);
        Return(AcquireMany(pool, 3));
        foreach (var connection in Connector.Open)
        {
            Connector.Kill(connection);
        }

        Assert.Equal(4, Touch(pool));
        Assert.All(Connector.Closed, closed => Assert.Equal(CloseReason.NotReusable, closed.Reason));
        Assert.Equal(3, Connector.Closed.Count);
    }

    [Fact]
    public void A_command_is_done_once_more_at_once_when_the_connection_was_lost()
    {
        var pool = Create();

        Assert.Equal(2, Use(pool, RetryOptions.OnceOnConnectionError, attempt => attempt == 1 ? Broken : null).Result);
        Failure<RetryExhaustedException>(Fail(pool, RetryOptions.OnceOnConnectionError, Broken));

        Assert.Equal([(0, 1), (0, 2), (0, 2), (0, 3)], Calls.Select(call => ((int)call.AtMs, (int)call.ConnectionId)));
        Assert.Equal(3, Connector.Closed.Count);
        Assert.Equal(0, pool.Snapshot().Leased);
    }

    [Theory]
    [InlineData(false, 200, 1)]
    [InlineData(true, 400, 2)]
    public void A_timeout_is_retried_only_if_asked_for(bool retryOnTimeout, int tookMs, int attempts)
    {
        var pool = Create();
        var options = RetryOptions.OnceOnConnectionError;
        if (retryOnTimeout)
        {
            options.RetryOnTypes.Add(typeof(TimeoutException));
        }

        var calls = 0;
        var use = pool.UseAsync(
            async (_, token) =>
            {
                calls++;
                await ElapseAsync(Ms(200)).ConfigureAwait(false);
                throw new TimeoutException();
            },
            options).AsTask();
        World.Advance(Ms(tookMs - 1));
        Assert.False(use.IsCompleted);
        World.Advance(Ms(1));

        Failure<Exception>(use);
        Assert.Equal(attempts, calls);
        Assert.Equal(attempts, Connector.Closed.Count(closed => closed.Reason == CloseReason.Fault));
    }

    [Fact]
    public void Errors_can_be_named_and_others_are_not_retried()
    {
        var options = Options(maxAttempts: 2, delayMs: 0);
        options.RetryOnTypes.Add(typeof(FormatException));
        var pool = Create();

        Failure<RetryExhaustedException>(Fail(pool, options, new FormatException()));
        Assert.Equal(2, Calls.Count);

        Failure<InvalidOperationException>(Fail(pool, options, new InvalidOperationException()));
        Assert.Equal(3, Calls.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void So_many_retries_are_one_attempt_more_and_each_failure_is_told(int retries)
    {
        var use = Fail(Create(), Options(maxAttempts: retries + 1), Broken);
        World.Advance(Ms(100 * retries));

        Failure<Exception>(use);
        Assert.Equal(retries + 1, Calls.Count);
        Assert.Equal(Enumerable.Range(1, retries + 1), Failures.Select(failure => failure.Attempt));
        Assert.Null(Failures[^1].Delay);
        Assert.Equal(100 * retries, Calls[^1].AtMs);
    }

    [Fact]
    public void Retries_may_go_on_for_ever()
    {
        var use = Use(Create(), Options(RetryOptions.Unlimited, delayMs: 0), attempt => attempt <= 500 ? Broken : null);

        Assert.Equal(501, use.Result);
    }

    [Theory]
    [InlineData(RetryBackoff.Fixed, new[] { 16.0, 16, 16, 16, 16, 16, 16 })]
    [InlineData(RetryBackoff.Exponential, new[] { 16.0, 32, 64, 128, 256, 512, 512 })]
    [InlineData(RetryBackoff.FullJitter, new[] { 8.0, 16, 32, 64, 128, 256, 256 })]
    [InlineData(RetryBackoff.EqualJitter, new[] { 12.0, 24, 48, 96, 192, 384, 384 })]
    [InlineData(RetryBackoff.DecorrelatedJitter, new[] { 32.0, 56, 92, 146, 227, 349, 512 })]
    public void Backoffs_of_eight_milliseconds_to_half_a_second_wait_as_theirs_do(RetryBackoff backoff, double[] waits)
    {
        var runtime = new PoolRuntime { TimeProvider = World.Time, Dispatcher = World.Dispatcher, Random = new ScriptedRandom(0.5) };
        var pool = ConnectionPool.Create(Connector, new PoolOptions { Name = "test" }, runtime);
        var options = Options(maxAttempts: 8, delayMs: 16);
        (options.Backoff, options.MaxDelay) = (backoff, Ms(512));

        var use = Fail(pool, options, Broken);
        World.Advance(Seconds(10));

        Failure<RetryExhaustedException>(use);
        Assert.Equal(waits, Failures.SkipLast(1).Select(failure => failure.Delay!.Value.TotalMilliseconds));
        End(pool);
    }

    [Fact]
    public void Without_a_backoff_there_is_no_wait()
    {
        Failure<RetryExhaustedException>(Fail(Create(), Options(maxAttempts: 5, delayMs: 0), Broken));

        Assert.All(Calls, call => Assert.Equal(0, call.AtMs));
    }

    [Fact]
    public void The_retries_of_its_newer_clients_can_be_said()
    {
        var options = Options(maxAttempts: 11, delayMs: 20);
        (options.Backoff, options.MaxDelay) = (RetryBackoff.FullJitter, Seconds(1));

        var use = Fail(Create(), options, Broken);
        World.Advance(Seconds(10));

        Assert.Equal(11, Failure<RetryExhaustedException>(use).Attempts);
        Assert.All(
            Failures.SkipLast(1),
            failure => Assert.InRange(failure.Delay!.Value.TotalMilliseconds, 0, Math.Min(1_000, 10 << failure.Attempt)));
    }

    [Fact]
    public void A_connect_is_given_up_after_five_seconds_by_default()
    {
        Connector.Opens.Next(StepPlan.Hang);
        var pool = Create(options => options.UnavailableAfter = TimeSpan.Zero);
        var acquire = BeginAcquire(pool);

        World.Advance(Ms(4_999));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        Assert.IsType<ConnectTimeoutException>(Failure<EndpointUnavailableException>(acquire).InnerException);
    }

    [Fact]
    public void One_probe_comes_when_a_connection_has_been_silent_for_the_interval()
    {
        var pool = Create(options => (options.MinSize, options.KeepaliveInterval) = (1, Seconds(1)));
        Touch(pool);
        Assert.Equal(0, Connector.Probes.Calls);

        World.Advance(Seconds(1.1));
        Assert.Equal(1, Connector.Probes.Calls);

        Connector.Probes.Next(StepPlan.Fail(Broken));
        World.Advance(Seconds(1));

        Assert.Equal(CloseReason.ProbeFailed, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(2, Touch(pool));
    }

    [Fact]
    public void A_login_that_is_refused_fails_at_once_is_not_retried_and_leaves_nothing_in_the_pool()
    {
        Connector.Kinds = static error => error is InvalidCredentialException ? OpenFailureKind.Credentials : OpenFailureKind.Transient;
        Connector.Opens.Always(StepPlan.Fail(new InvalidCredentialException("WRONGPASS")));
        var pool = Create();

        var use = Use(pool, Options(), _ => null);

        var error = Failure<ConnectFailedException>(use);
        Assert.Equal(OpenFailureKind.Credentials, error.Kind);
        Assert.Contains("WRONGPASS", error.InnerException!.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (Connector.Opens.Calls, pool.Snapshot().Size));
        Assert.Empty(Calls);
    }

    // Not Task.Delay: everything must stay on the test's thread.
    async Task ElapseAsync(TimeSpan time)
    {
        var over = new TaskCompletionSource();
        await using var timer = World.Time
            .CreateTimer(static source => ((TaskCompletionSource)source!).TrySetResult(), over, time, Timeout.InfiniteTimeSpan)
            .ConfigureAwait(false);
        await over.Task.ConfigureAwait(false);
    }
}

using System.Globalization;
using ActorPool.TestKit;

namespace ActorPool.Tests.Cases;

/// <summary>Cases 13 to 21, taken from the suites of other pools: opens that fail, and backoff.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>16, "failed after-connect": a handshake is part of <c>OpenAsync</c> here; its failure is a failed open. <c>:stop</c> is an error that waiting does not cure.</item>
/// <item>17, "unless asked": there is no option that shows secrets.</item>
/// <item>21, the fixed steps of 5 to 60 s: the schedule is <c>ReconnectBackoff</c>; what blocks and what resets it is tested.</item>
/// </list>
/// </remarks>
public sealed class CreationCases : VirtualPoolTest
{
    static readonly IOException Refused = new("refused");

    [Fact]
    public void A_failed_open_wakes_the_next_who_waits()
    {
        // 13, 14 · puddle TestSignalIsSentWhenResourceFailedToCreate; Npgsql Release_waiter_on_connection_failure
        Connector.Opens.Next(new StepPlan { Delay = Ms(10), Error = Refused });
        var pool = Create(options => { options.MaxSize = 1; options.AcquireTimeout = Timeout.InfiniteTimeSpan; });
        using var leaving = new CancellationTokenSource();
        var first = BeginAcquire(pool, cancellationToken: leaving.Token);
        var second = BeginAcquire(pool);

        World.Advance(Ms(10));
        leaving.Cancel();
        World.Advance(Ms(100));

        Assert.True(first.IsCanceled);
        second.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void A_pool_serves_again_by_itself_when_the_factory_has_healed()
    {
        // 15 · commons testBrokenFactoryShouldNotBlockPool, testLivenessOnTransientFactoryFailure, TestResilientPooledObjectFactory
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => { options.MinSize = 1; options.MaxSize = 2; options.ReconnectBackoff.Max = Seconds(10); });
        World.Advance(TimeSpan.FromMinutes(2));
        Failure<EndpointUnavailableException>(BeginAcquire(pool));
        Connector.Opens.Always(StepPlan.Succeed);

        World.Advance(Seconds(10));

        Assert.Equal(PoolHealth.Healthy, pool.Snapshot().Health);
        Acquire(pool).Dispose();
    }

    [Fact]
    public void The_backoff_begins_anew_after_a_success_and_holds_back_the_next_open_after_every_failure()
    {
        // 16 · DBConnection connect_test: backoff after a failed first connect, after a disconnect, after a failed handshake
        Connector.Opens.Next(StepPlan.Fail(Refused));
        var pool = Create(options => options.MinSize = 1);
        Assert.Equal(Ms(100), pool.Snapshot().NextAttemptIn);
        World.Advance(Ms(100));
        Assert.Equal(1, pool.Snapshot().Idle);

        Connector.Opens.Next(StepPlan.Fail(Refused), StepPlan.Fail(new InvalidOperationException("login refused")));
        Connector.Condemn(Connector.Open[0], new IOException("closed by peer"));
        World.Run();
        Assert.Equal(2, Connector.Opens.Calls - 1);
        Assert.Equal(Ms(100), pool.Snapshot().NextAttemptIn);
        World.Advance(Ms(100));
        Assert.Equal(Ms(200), pool.Snapshot().NextAttemptIn);
        World.Advance(Ms(200));

        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void What_waiting_does_not_cure_fails_those_who_wait_at_once()
    {
        // 16 · DBConnection connect_test: ":stop"
        Connector.Kinds = static _ => OpenFailureKind.Configuration;
        Connector.Opens.Always(new StepPlan { Delay = Ms(5), Error = new FileNotFoundException("no such database") });
        var pool = Create();
        var waiter = BeginAcquire(pool);

        World.Advance(Ms(5));

        Assert.IsType<FileNotFoundException>(Failure<ConnectFailedException>(waiter).InnerException);
    }

    [Fact]
    public void No_secret_is_told_by_errors_snapshots_events_or_the_pools_own_words()
    {
        // 17 · DBConnection connect_test; redis-py test_repr_redacts_sensitive_information; Npgsql Password_does_not_leak_via_datasource_name
        const string Secret = "hunter2";
        var told = new List<string>();
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options =>
        {
            options.Endpoint = Endpoint.Parse("db.internal:5432/orders");
            options.Credentials = CredentialProvider.Fixed("app", Secret);
            options.UnavailableAfter = TimeSpan.Zero;
        });
        using var subscription = pool.Subscribe(happened => told.Add(happened.ToString()));
        told.Add(Failure<PoolException>(BeginAcquire(pool)).ToString());
        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(1));
        _ = pool.TryNowAsync();
        World.Run();
        using var lease = Acquire(pool);

        told.AddRange([pool.Ref.ToString(), pool.Snapshot().ToReport(), lease.ToString(), new Credentials("app", Secret).ToString()]);

        Assert.Contains(told, text => text.Contains("refused", StringComparison.Ordinal));
        Assert.All(told, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WhenExhausted.Wait)]
    [InlineData(WhenExhausted.OpenTransient)]
    public void Whoever_dies_the_size_is_restored_and_who_waits_is_served(WhenExhausted overflow)
    {
        // 18 · poolboy "worker death": idle, leased, when full, with overflow on and off
        var pool = Create(options => { options.MinSize = 2; options.MaxSize = 2; options.WhenExhausted = overflow; });
        Connector.Condemn(Connector.Open[0], new IOException("died idle"));
        World.Run();
        Assert.Equal(2, pool.Snapshot().Idle);
        World.Advance(Seconds(1));

        var first = Acquire(pool);
        var second = Acquire(pool);
        Connector.Opens.Next(StepPlan.After(Seconds(1)));
        var waiter = BeginAcquire(pool);
        Connector.Condemn(first.Connection, new IOException("died leased"));
        World.Run();
        first.Dispose();
        World.Advance(Seconds(1));
        waiter.GetAwaiter().GetResult().Dispose();
        second.Dispose();
        World.Advance(Seconds(1));

        var after = pool.Snapshot();
        Assert.Equal((2, 0, 0), (after.Idle, after.Size - after.Idle, after.Transient));
    }

    [Fact]
    public void Callers_succeed_although_the_server_starts_a_second_late()
    {
        // 19 · pgbouncer test_server_login_retry
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create();
        var callers = Enumerable.Range(0, 5).Select(_ => BeginAcquire(pool)).ToList();
        World.Advance(Seconds(1));
        Connector.Opens.Always(StepPlan.Succeed);

        World.Advance(Seconds(2));

        Assert.All(callers, caller => caller.GetAwaiter().GetResult().Dispose());
    }

    [Fact]
    public void Traffic_over_a_restart_of_the_server_resumes_without_an_error()
    {
        // 19 · pgbouncer test_database_restart
        var pool = Create(options => options.MaxSize = 3);
        var calls = new List<Task<long>>();
        for (var tick = 0; tick < 100; tick++)
        {
            if (tick == 30)
            {
                Connector.Opens.Always(StepPlan.Fail(Refused));
                foreach (var connection in Connector.Open)
                {
                    Connector.Condemn(connection, new IOException("terminating connection due to administrator command"));
                }
            }

            if (tick == 60)
            {
                Connector.Opens.Always(StepPlan.Succeed);
            }

            calls.Add(pool.UseAsync(static (connection, _) => ValueTask.FromResult(connection.Id)).AsTask());
            World.Advance(Ms(100));
        }

        World.Advance(Seconds(10));
        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.True(calls[^1].GetAwaiter().GetResult() > 1);
    }

    [Fact]
    public void An_acquire_keeps_trying_for_its_whole_timeout_and_no_longer()
    {
        // 20 · HikariCP TestConnectionTimeoutRetry.*
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => { options.AcquireTimeout = Seconds(3); options.ReconnectBackoff.Max = Ms(250); });
        var fails = BeginAcquire(pool);
        var succeeds = BeginAcquire(pool, Seconds(5));

        World.Advance(Ms(2_999));
        Assert.False(fails.IsCompleted);
        World.Advance(Ms(1));
        Assert.Same(Refused, Failure<AcquireTimeoutException>(fails).InnerException);
        Assert.True(Connector.Opens.Calls > 10, string.Create(CultureInfo.InvariantCulture, $"only {Connector.Opens.Calls} attempts"));
        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Ms(250));

        succeeds.GetAwaiter().GetResult().Dispose();
    }

    [Fact]
    public void Waiting_for_a_place_among_the_connects_counts_for_the_callers_timeout()
    {
        // 21 · SqlClient spec 006: the limiter's wait is the caller's own
        Connector.Opens.Always(StepPlan.After(Ms(800)));
        var pool = Create(options => { options.MaxConcurrentConnects = 1; options.AcquireTimeout = Seconds(1); });
        var first = BeginAcquire(pool);
        var second = BeginAcquire(pool);

        World.Advance(Seconds(1));

        first.GetAwaiter().GetResult();
        var ledger = Failure<AcquireTimeoutException>(second).Ledger;
        Assert.NotNull(ledger);
        Assert.Equal(Seconds(1), World.Time.Elapsed);
    }

    [Fact]
    public void While_the_endpoint_is_unavailable_callers_get_the_last_error_and_trying_now_ends_that()
    {
        // 21 · SqlClient spec 006: the blocking window returns the error, Clear resets it
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options =>
        {
            options.UnavailableAfter = TimeSpan.Zero;
            options.ReconnectBackoff.Initial = Seconds(5);
            options.ReconnectBackoff.Max = Seconds(60);
        });
        Failure<EndpointUnavailableException>(BeginAcquire(pool));
        var calls = Connector.Opens.Calls;

        Assert.Same(Refused, Failure<EndpointUnavailableException>(BeginAcquire(pool)).InnerException);
        Assert.Equal(calls, Connector.Opens.Calls);
        Connector.Opens.Always(StepPlan.Succeed);
        var tried = pool.TryNowAsync();
        World.Run();

        Assert.True(tried.IsCompletedSuccessfully);
        Acquire(pool).Dispose();
    }

    [Fact]
    public void A_warm_up_of_an_unavailable_endpoint_fails_when_its_attempt_has_failed_and_not_before()
    {
        // 21 · SqlClient spec 006, for an operation instead of a caller
        Connector.Opens.Always(StepPlan.Fail(Refused));
        var pool = Create(options => { options.UnavailableAfter = TimeSpan.Zero; options.ReconnectBackoff.Initial = Seconds(60); options.ReconnectBackoff.Max = Seconds(60); });
        Failure<EndpointUnavailableException>(BeginAcquire(pool));
        Connector.Opens.Always(new StepPlan { Delay = Seconds(1), Error = Refused });
        World.Advance(Seconds(2));

        var warmUp = pool.WarmUpAsync(2);
        World.Run();
        Assert.False(warmUp.IsCompleted);
        World.Advance(Seconds(1));
        Failure<EndpointUnavailableException>(warmUp);

        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(2));
        warmUp = pool.WarmUpAsync(2);
        World.Run();
        Assert.Equal(2, warmUp.GetAwaiter().GetResult().Idle);
    }
}

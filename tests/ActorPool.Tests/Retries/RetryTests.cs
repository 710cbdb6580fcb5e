using ActorPool.TestKit;

namespace ActorPool.Tests.Retries;

/// <summary>Calls that are tried again: how often, when, on which connection, and what is told of it.</summary>
public sealed class RetryTests : RetryTest
{
    [Fact]
    public void Attempts_go_on_until_one_succeeds()
    {
        var use = Use(Create(), Options(), attempt => attempt < 3 ? Broken : null);
        World.Advance(Seconds(1));

        Assert.Equal(3, use.Result);
        Assert.Equal([0, 100, 200], Calls.Select(call => call.AtMs));
    }

    [Fact]
    public void Without_options_nothing_is_tried_again()
    {
        var pool = Create();

        Assert.Same(Broken, Failure<IOException>(Fail(pool, null, Broken)));
        Assert.Single(Calls);
    }

    [Fact]
    public void A_pools_own_options_apply_to_every_call_and_a_calls_own_replace_them()
    {
        var pool = Create(options => options.Retry = Options(maxAttempts: 2));

        var use = Fail(pool, null, Broken);
        World.Advance(Ms(100));
        Assert.Equal(2, Failure<RetryExhaustedException>(use).Attempts);

        var other = Fail(pool, Options(maxAttempts: 4), Broken);
        World.Advance(Ms(300));
        Assert.Equal(4, Failure<RetryExhaustedException>(other).Attempts);

        Assert.Same(Broken, Failure<IOException>(Fail(pool, Options(maxAttempts: 1), Broken)));
    }

    [Fact]
    public void The_error_at_the_end_has_every_attempt_and_there_is_no_wait_after_the_last()
    {
        var pool = Create();
        var use = Use(pool, Options(), attempt => new IOException($"broken {attempt}"));
        World.Advance(Ms(200));

        var error = Failure<RetryExhaustedException>(use);
        Assert.Equal((3, false, PoolFailureReason.RetriesExhausted, "test"), (error.Attempts, error.IsBudgetEmpty, error.Reason, error.PoolName));
        Assert.Equal("broken 3", Assert.IsType<IOException>(error.InnerException).Message);
        Assert.Equal([(1, "broken 1", 100), (2, "broken 2", 100), (3, "broken 3", null)], Told(error.History));
        Assert.Equal(Calls.Select(call => (long?)call.ConnectionId), error.History.Select(failure => failure.ConnectionId));
        Assert.Same(error.History, RetryFailure.HistoryOf(error));
        Assert.StartsWith(
            "All 3 attempts on pool 'test' failed within 0.200 s; the last: IOException: broken 3 (connection 3)."
            + " Look at MaxAttempts and Delay of the RetryOptions, and at the endpoint: pool 'test' (Healthy): ",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RetryBackoff.Exponential, new[] { 0.0, 100, 300, 700, 1_200 })]
    [InlineData(RetryBackoff.FullJitter, new[] { 0.0, 25, 75, 175, 300 })]
    [InlineData(RetryBackoff.EqualJitter, new[] { 0.0, 63, 188, 438, 751 })]
    public void The_waits_follow_the_schedule_on_the_pools_clock_and_randomness(RetryBackoff backoff, double[] expected)
    {
        var runtime = new PoolRuntime { TimeProvider = World.Time, Dispatcher = World.Dispatcher, Random = new ScriptedRandom(0.25) };
        var pool = ConnectionPool.Create(Connector, new PoolOptions { Name = "test" }, runtime);
        var options = Options(maxAttempts: 5);
        options.Backoff = backoff;
        options.MaxDelay = Ms(500);

        var use = Fail(pool, options, Broken);
        World.Advance(Seconds(2));

        Failure<RetryExhaustedException>(use);
        Assert.Equal(expected, Calls.Select(call => call.AtMs));
        _ = pool.DrainAsync(TimeSpan.Zero);
        World.Advance(Seconds(60));
    }

    [Fact]
    public void The_callback_hears_of_every_failure_before_the_wait()
    {
        var pool = Create();
        var use = Fail(pool, Options(), Broken);
        Assert.Equal([(1, "broken pipe", 100)], Told(Failures));

        World.Advance(Seconds(1));

        Failure<RetryExhaustedException>(use);
        Assert.Equal([(1, "broken pipe", 100), (2, "broken pipe", 100), (3, "broken pipe", null)], Told(Failures));
        Assert.Equal("attempt 2 on connection 2: IOException: broken pipe; next after 0.100 s", Failures[1].ToString());
        Assert.All(Failures, failure => Assert.Equal("test", failure.PoolName));
    }

    [Fact]
    public void A_single_attempt_throws_its_own_error_and_still_tells_of_it()
    {
        Assert.Same(Broken, Failure<IOException>(Fail(Create(), Options(maxAttempts: 1), Broken)));
        Assert.Equal([(1, "broken pipe", null)], Told(Failures));
        Assert.Empty(RetryFailure.HistoryOf(Broken));
    }

    [Fact]
    public void An_error_that_is_not_retried_goes_on_as_it_is_with_what_came_before_it()
    {
        var options = Options();
        options.RetryOnTypes.Add(typeof(IOException));
        var final = new FormatException("final");

        var use = Use(Create(), options, attempt => attempt == 1 ? Broken : final);
        World.Advance(Seconds(1));

        Assert.Same(final, Failure<FormatException>(use));
        Assert.Equal([(1, "broken pipe", 100), (2, "final", null)], Told(RetryFailure.HistoryOf(final)));
    }

    [Fact]
    public void Each_attempt_after_a_fault_is_on_another_connection()
    {
        var pool = Create(options => (options.MinSize, options.MaxSize) = (3, 3));

        var use = Fail(pool, Options(maxAttempts: 4, delayMs: 0), Broken);

        Failure<RetryExhaustedException>(use);
        Assert.Equal(4, Calls.Select(call => call.ConnectionId).Distinct().Count());
        Assert.Equal(4, Connector.Closed.Count(closed => closed.Reason == CloseReason.Fault));
    }

    [Theory]
    [InlineData(IdleOrder.Lifo)]
    [InlineData(IdleOrder.Fifo)]
    public void Each_attempt_after_a_harmless_error_is_on_another_connection_if_one_is_free(IdleOrder order)
    {
        Connector.Harmless = error => error is FormatException;
        var pool = Create(options => (options.MinSize, options.MaxSize, options.Order) = (4, 4, order));
        var options = Options(maxAttempts: 4);
        options.RetryOn = FaultRules.AnyOf<FormatException>();

        var use = Fail(pool, options, new FormatException("try another replica"));
        World.Advance(Seconds(1));

        Failure<RetryExhaustedException>(use);
        Assert.Equal(4, Calls.Select(call => call.ConnectionId).Distinct().Count());
        Assert.Empty(Connector.Closed);
        Assert.Equal((4, 0), (pool.Snapshot().Idle, pool.Snapshot().Leased));
    }

    [Fact]
    public void Where_there_is_only_one_connection_a_harmless_error_is_retried_on_it()
    {
        Connector.Harmless = error => error is FormatException;
        var pool = Create(options => options.MaxSize = 1);
        var options = Options();
        options.RetryOn = FaultRules.AnyOf<FormatException>();

        var use = Use(pool, options, attempt => attempt < 3 ? new FormatException() : null);
        World.Advance(Seconds(1));

        Assert.Equal(3, use.Result);
        Assert.Equal([1, 1, 1], Calls.Select(call => call.ConnectionId));
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void No_connection_is_held_during_the_wait()
    {
        Connector.Harmless = error => error is FormatException;
        var pool = Create(options => options.MaxSize = 1);
        var options = Options();
        options.RetryOn = FaultRules.AnyOf<FormatException>();

        var use = Use(pool, options, attempt => attempt < 2 ? new FormatException() : null);
        Acquire(pool).Dispose();

        World.Advance(Seconds(1));
        Assert.Equal(2, use.Result);
    }

    [Fact]
    public void Unlimited_attempts_end_by_cancellation_with_the_callers_token()
    {
        using var cancellation = new CancellationTokenSource();
        var use = Use(Create(), Options(RetryOptions.Unlimited, delayMs: 10), _ => Broken, cancellation.Token);
        World.Advance(Ms(1_995));
        Assert.Equal(200, Calls.Count);

        cancellation.Cancel();
        World.Run();

        var error = Failure<OperationCanceledException>(use);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal((101, 200), (RetryFailure.HistoryOf(error)[0].Attempt, RetryFailure.HistoryOf(error)[^1].Attempt));
    }

    [Fact]
    public void A_wait_that_is_cancelled_ends_on_the_dispatcher_and_not_in_whoever_cancels()
    {
        using var cancellation = new CancellationTokenSource();
        var use = Use(Create(), Options(), _ => Broken, cancellation.Token);

        cancellation.Cancel();
        Assert.False(use.IsCompleted);
        Assert.Equal(1, World.Dispatcher.Count);
        World.Run();

        Failure<OperationCanceledException>(use);
        Assert.Single(Calls);
    }

    [Fact]
    public void An_operation_that_its_token_has_cancelled_is_not_tried_again_whatever_it_throws()
    {
        using var cancellation = new CancellationTokenSource();

        var use = Use(
            Create(),
            Options(),
            _ =>
            {
                cancellation.Cancel();
                return Broken;
            },
            cancellation.Token);

        Assert.Same(Broken, Failure<IOException>(use));
        Assert.Single(Calls);
    }

    [Fact]
    public void A_call_that_is_cancelled_before_it_begins_does_nothing()
    {
        var use = Use(Create(), Options(), _ => Broken, new CancellationToken(canceled: true));

        Failure<OperationCanceledException>(use);
        Assert.Empty(Calls);
    }

    [Fact]
    public void Options_are_taken_as_they_were_when_the_pool_first_saw_them()
    {
        var pool = Create();
        var options = Options(maxAttempts: 2, delayMs: 0);
        Failure<RetryExhaustedException>(Fail(pool, options, Broken));

        options.MaxAttempts = 5;
        Failure<RetryExhaustedException>(Fail(pool, options, Broken));

        Assert.Equal(4, Calls.Count);
    }

    [Fact]
    public void A_callback_or_a_rule_that_throws_changes_nothing_but_that_the_rule_has_not_asked_for_a_retry()
    {
        var pool = Create();
        var options = Options(delayMs: 0);
        options.OnFailure = _ => throw new InvalidOperationException("from the callback");
        Failure<RetryExhaustedException>(Fail(pool, options, Broken));
        Assert.Equal(3, Calls.Count);

        var strict = Options(delayMs: 0);
        strict.RetryOn = _ => throw new InvalidOperationException("from the rule");
        Assert.Same(Broken, Failure<IOException>(Fail(pool, strict, Broken)));
    }

    static IEnumerable<(int, string, int?)> Told(IEnumerable<RetryFailure> failures) =>
        failures.Select(failure => (failure.Attempt, failure.Error.Message, (int?)failure.Delay?.TotalMilliseconds));
}

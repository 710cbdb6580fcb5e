using ActorPool.TestKit;

namespace ActorPool.Tests.Seeds;

// Timeouts and retries.
public sealed partial class BotocoreS3Tests
{
    [Theory]
    [InlineData(60_000)]
    [InlineData(3_100)]
    [InlineData(1_100)]
    [InlineData(30_000)]
    [InlineData(300)]
    public void A_connect_takes_as_long_as_it_may_and_no_longer(int limitMs)
    {
        Connector.Opens.Next(StepPlan.Hang);
        var pool = Create(options => (options.ConnectTimeout, options.AcquireTimeout, options.UnavailableAfter) =
            (Ms(limitMs), Timeout.InfiniteTimeSpan, TimeSpan.Zero));
        var acquire = BeginAcquire(pool);

        World.Advance(Ms(limitMs - 1));
        Assert.False(acquire.IsCompleted);
        World.Advance(Ms(1));

        Assert.IsType<ConnectTimeoutException>(Failure<EndpointUnavailableException>(acquire).InnerException);
    }

    [Fact]
    public void The_total_ends_the_wait_for_a_connect_that_might_still_go_on()
    {
        Connector.Opens.Next(StepPlan.After(Seconds(5)));
        var pool = Create(options => options.ConnectTimeout = Seconds(60));
        var acquire = BeginAcquire(pool, Seconds(2));

        World.Advance(Seconds(2));
        Failure<AcquireTimeoutException>(acquire);
        World.Advance(Seconds(3));

        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void A_token_bounds_a_call_with_all_its_attempts()
    {
        using var total = new CancellationTokenSource(Seconds(10), World.Time);
        var use = Use(Create(), Options(RetryOptions.Unlimited, delayMs: 4_000), _ => Broken, total.Token);

        World.Advance(Ms(9_999));
        Assert.False(use.IsCompleted);
        World.Advance(Ms(1));

        Assert.ThrowsAny<OperationCanceledException>(() => use.GetAwaiter().GetResult());
        Assert.Equal([0, 4_000, 8_000], Calls.Select(call => call.AtMs));
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(EndOfStreamException))]
    public void A_connection_on_which_no_reply_came_is_never_used_again(Type error)
    {
        var pool = Create();

        Failure<Exception>(Fail(pool, null, (Exception)Activator.CreateInstance(error)!));

        Assert.Equal(CloseReason.Fault, Assert.Single(Connector.Closed).Reason);
        Assert.Equal(2, Touch(pool));
    }

    [Fact]
    public void Negative_times_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Create(options => options.ConnectTimeout = Seconds(-2)));
        Assert.Throws<ArgumentException>(() => Create(options => options.AcquireTimeout = Seconds(-2)));
    }

    [Fact]
    public void Three_retries_one_second_apart_are_what_the_page_says()
    {
        var use = Fail(Create(), Options(maxAttempts: 4, delayMs: 1_000), Broken);
        World.Advance(Seconds(3));

        Failure<RetryExhaustedException>(use);
        Assert.Equal([0, 1_000, 2_000, 3_000], Calls.Select(call => call.AtMs));
    }

    [Fact]
    public void Exponential_waits_double_up_to_two_minutes()
    {
        var options = Options(maxAttempts: 10, delayMs: 1_000);
        (options.Backoff, options.MaxDelay) = (RetryBackoff.Exponential, Seconds(120));

        var use = Fail(Create(), options, Broken);
        World.Advance(TimeSpan.FromMinutes(10));

        Failure<RetryExhaustedException>(use);
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 120, 120], Failures.SkipLast(1).Select(failure => failure.Delay!.Value.TotalSeconds));
    }

    [Fact]
    public void The_error_at_the_end_has_its_cause_and_its_history_and_without_retries_it_is_the_cause()
    {
        var pool = Create();

        var error = Failure<RetryExhaustedException>(Use(pool, Options(delayMs: 0), attempt => new IOException($"{attempt}")));
        Assert.Equal("3", error.InnerException!.Message);
        Assert.Equal(["1", "2", "3"], error.History.Select(failure => failure.Error.Message));

        Assert.Same(Broken, Failure<IOException>(Fail(pool, Options(maxAttempts: 1), Broken)));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public void What_may_not_be_done_twice_is_not_done_twice(bool isIdempotent, int requests)
    {
        var options = Options(delayMs: 0);
        options.IsIdempotent = isIdempotent;

        Failure<Exception>(Fail(Create(), options, Broken));

        Assert.Equal(requests, Calls.Count);
    }

    [Fact]
    public void A_failure_to_connect_is_retried_for_whatever_is_to_be_done()
    {
        Connector.Opens.Next(StepPlan.Fail(Broken));
        var options = Options(delayMs: 1_100);
        options.IsIdempotent = false;

        var use = Use(Create(pool => pool.UnavailableAfter = TimeSpan.Zero), options, _ => null);
        World.Advance(Seconds(5));

        Assert.Equal(1, use.Result);
        Assert.NotEmpty(Failures);
        Assert.Single(Calls);
    }

    [Theory]
    [InlineData(false, 5, new[] { 1.0, 2, 4, 8 })]
    [InlineData(true, 3, new[] { 1.0, 2 })]
    public void Its_modes_make_five_and_three_requests_with_random_waits_below_doubling_bounds(bool isStandard, int requests, double[] bounds)
    {
        var options = isStandard ? RetryOptions.BotocoreStandard : RetryOptions.BotocoreLegacy;
        options.OnFailure = Failures.Add;

        var use = Fail(Create(), options, new EndOfStreamException());
        World.Advance(Seconds(60));

        Assert.Equal(requests, Failure<RetryExhaustedException>(use).Attempts);
        Assert.Equal(requests, Calls.Count);
        Assert.All(Failures.SkipLast(1).Zip(bounds), pair => Assert.InRange(pair.First.Delay!.Value, TimeSpan.Zero, Seconds(pair.Second)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void Retries_are_attempts_without_the_first(int maxAttemptsOfConfig, int requests)
    {
        Failure<Exception>(Fail(Create(), Options(maxAttempts: maxAttemptsOfConfig + 1, delayMs: 0), Broken));

        Assert.Equal(requests, Calls.Count);
    }

    [Fact]
    public void Bad_retry_options_are_refused_and_good_ones_are_left_as_they_are()
    {
        var pool = Create();
        foreach (var wrong in new[] { Options(maxAttempts: -1), Options(maxAttempts: 0), new RetryOptions { Backoff = (RetryBackoff)42 } })
        {
            Assert.Throws<ArgumentException>(() => { _ = Fail(pool, wrong, Broken); });
        }

        var options = Options(maxAttempts: 2, delayMs: 0);
        Failure<RetryExhaustedException>(Fail(pool, options, Broken));
        Assert.Equal((2, RetryBackoff.Fixed, TimeSpan.Zero, Seconds(10)), (options.MaxAttempts, options.Backoff, options.Delay, options.MaxDelay));
        Assert.Empty(options.RetryOnTypes);
    }

    [Fact]
    public void An_answer_that_says_no_is_not_retried_and_costs_no_connection()
    {
        Connector.Harmless = static error => error is KeyNotFoundException;
        var pool = Create();

        Failure<KeyNotFoundException>(Fail(pool, RetryOptions.BotocoreStandard, new KeyNotFoundException("404 NoSuchKey")));

        Assert.Single(Calls);
        Assert.Equal(1, pool.Snapshot().Idle);
    }

    [Fact]
    public void Fifty_calls_that_fail_twice_exhaust_the_quota_and_the_next_makes_one_request()
    {
        var options = RetryOptions.BotocoreStandard;
        var pool = Create();
        for (var call = 1; call <= 50; call++)
        {
            var use = Fail(pool, options, Broken);
            World.Advance(Seconds(3));
            Assert.Equal(3, Failure<RetryExhaustedException>(use).Attempts);
            Assert.Equal(500 - (10 * call), options.Budget!.Available);
        }

        var last = Failure<RetryExhaustedException>(Fail(pool, options, Broken));

        Assert.Equal((1, true), (last.Attempts, last.IsBudgetEmpty));
        Assert.Equal(151, Calls.Count);
    }

    [Fact]
    public void A_timeout_costs_ten_a_success_gives_one_and_a_late_success_what_it_cost()
    {
        var options = RetryOptions.BotocoreStandard;
        var pool = Create();

        Run(_ => new TimeoutException());
        Assert.Equal(480, options.Budget!.Available);
        Run(_ => null);
        Assert.Equal(481, options.Budget.Available);
        Run(attempt => attempt < 3 ? Broken : null);
        Assert.Equal(481 - 5 - 5 + 5, options.Budget.Available);

        void Run(Func<int, Exception?> script)
        {
            var use = Use(pool, options, script);
            World.Advance(Seconds(3));
            Assert.True(use.IsCompleted);
        }
    }

    [Fact]
    public void How_many_attempts_it_took_can_be_told_of_success_and_failure()
    {
        var pool = Create();

        Assert.Equal(3, Use(pool, Options(delayMs: 0), attempt => attempt < 3 ? Broken : null).Result);
        Assert.Equal(2, Failures.Count);

        Assert.Equal(3, Failure<RetryExhaustedException>(Fail(pool, Options(delayMs: 0), Broken)).Attempts);
    }
}

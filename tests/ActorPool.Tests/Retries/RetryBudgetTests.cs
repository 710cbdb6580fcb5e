namespace ActorPool.Tests.Retries;

/// <summary>The token bucket that many calls share.</summary>
public sealed class RetryBudgetTests : RetryTest
{
    readonly RetryBudget _budget = new();

    [Fact]
    public void Fifty_calls_that_retry_twice_empty_it_and_the_next_makes_one_attempt()
    {
        var pool = Create();
        var options = Budgeted();
        for (var call = 0; call < 50; call++)
        {
            Assert.Equal(3, Failure<RetryExhaustedException>(Fail(pool, options, Broken)).Attempts);
        }

        Assert.Equal((0, 150), (_budget.Available, Calls.Count));

        var error = Failure<RetryExhaustedException>(Fail(pool, options, Broken));
        Assert.Equal((1, true, 151), (error.Attempts, error.IsBudgetEmpty, Calls.Count));
        Assert.Same(Broken, error.InnerException);
        Assert.StartsWith(
            "Attempt 1 on pool 'test' failed and is not repeated: too many have failed of late, and the retry budget is empty"
            + " (0 of 500 tokens; a retry takes 5, after a timeout 10). It failed with IOException: broken pipe (connection 151)."
            + " Look at Budget of the RetryOptions",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_retry_after_a_timeout_takes_more()
    {
        Failure<RetryExhaustedException>(Fail(Create(), Budgeted(), new TimeoutException()));

        Assert.Equal(480, _budget.Available);
    }

    [Fact]
    public void A_success_at_once_gives_one_back_and_one_after_retries_what_the_last_took()
    {
        var pool = Create();
        var options = Budgeted();

        Assert.Equal(3, Use(pool, options, attempt => attempt == 1 ? new TimeoutException() : attempt == 2 ? Broken : null).Result);
        Assert.Equal(500 - 10 - 5 + 5, _budget.Available);

        Assert.Equal(1, Use(pool, options, _ => null).Result);
        Assert.Equal(491, _budget.Available);
    }

    [Fact]
    public void It_never_has_more_than_it_holds()
    {
        Assert.Equal(1, Use(Create(), Budgeted(), _ => null).Result);

        Assert.Equal(500, _budget.Available);
    }

    [Fact]
    public void What_is_not_retried_takes_nothing()
    {
        var options = Budgeted();
        options.IsIdempotent = false;

        Failure<IOException>(Fail(Create(), options, Broken));

        Assert.Equal(500, _budget.Available);
    }

    [Fact]
    public void Even_a_pool_that_retries_nothing_gives_back_for_its_successes()
    {
        Assert.True(_budget.TryTake(5));
        var options = Budgeted();
        options.MaxAttempts = 1;

        Assert.Equal(1, Use(Create(), options, _ => null).Result);

        Assert.Equal(496, _budget.Available);
    }

    [Fact]
    public void It_is_exact_when_many_threads_take_from_it()
    {
        var budget = new RetryBudget(capacity: 1_000, cost: 3);
        var taken = 0;

        Parallel.For(0, 2_000, _ =>
        {
            if (budget.TryTake(budget.Cost))
            {
                Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal((333, 1), (taken, budget.Available));
    }

    [Theory]
    [InlineData(0, 1, 1, 0)]
    [InlineData(10, 0, 1, 0)]
    [InlineData(10, 11, 1, 0)]
    [InlineData(10, 1, 0, 0)]
    [InlineData(10, 1, 11, 0)]
    [InlineData(10, 1, 1, -1)]
    [InlineData(10, 1, 1, 11)]
    public void Numbers_that_make_no_sense_are_refused(int capacity, int cost, int timeoutCost, int refund) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryBudget(capacity, cost, timeoutCost, refund));

    RetryOptions Budgeted()
    {
        var options = Options(delayMs: 0);
        options.Budget = _budget;
        return options;
    }
}

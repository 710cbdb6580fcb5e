using System.Net.Sockets;
using System.Security.Authentication;
using ActorPool.Retries;
using ActorPool.TestKit;

namespace ActorPool.Tests.Retries;

/// <summary>What is retried, and what is not, whatever the options say.</summary>
public sealed class RetryRulesTests : RetryTest
{
    /// <summary>Rows: may the operation be done twice? Is its error harmless to the connection? Does the rule ask for it?</summary>
    [Theory]
    [InlineData(false, false, null, false)]
    [InlineData(false, false, true, false)]
    [InlineData(false, true, true, false)]
    [InlineData(true, false, null, true)]
    [InlineData(true, true, null, false)]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, false, false)]
    public void A_failed_operation_is_retried_if_that_does_no_harm_and_it_is_asked_for(
        bool isIdempotent, bool isHarmless, bool? retryOn, bool isRetried)
    {
        Connector.Harmless = _ => isHarmless;
        var options = Options(maxAttempts: 2, delayMs: 0);
        options.IsIdempotent = isIdempotent;
        options.RetryOn = retryOn is { } answer ? _ => answer : null;

        var use = Fail(Create(), options, Broken);

        Failure<Exception>(use);
        Assert.Equal(isRetried ? 2 : 1, Calls.Count);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, false)]
    [InlineData(true, null)]
    [InlineData(true, false)]
    public void A_failure_to_reach_the_endpoint_is_always_retried(bool isIdempotent, bool? retryOn)
    {
        Connector.Opens.Next(StepPlan.Fail(Broken), StepPlan.Fail(Broken));
        var pool = Create(options => options.UnavailableAfter = TimeSpan.Zero);
        var options = Options(maxAttempts: 4, delayMs: 1_500);
        options.IsIdempotent = isIdempotent;
        options.RetryOn = retryOn is { } answer ? _ => answer : null;

        var use = Use(pool, options, _ => null);
        World.Advance(Seconds(10));

        Assert.Equal(1, use.Result);
        Assert.NotEmpty(Failures);
        Assert.All(Failures, failure => Assert.Null(failure.ConnectionId));
        Assert.All(Failures, failure => Assert.IsType<EndpointUnavailableException>(failure.Error));
    }

    [Fact]
    public void An_unavailable_endpoint_is_not_asked_before_it_can_have_an_answer()
    {
        Connector.Opens.Always(StepPlan.Fail(Broken));
        var pool = Create(options =>
        {
            options.UnavailableAfter = TimeSpan.Zero;
            options.ReconnectBackoff.Initial = Ms(700);
        });
        var options = Options(RetryOptions.Unlimited, delayMs: 0);

        using var cancellation = new CancellationTokenSource();
        var use = Use(pool, options, _ => null, cancellation.Token);
        World.Advance(Ms(699));
        Assert.Equal(Ms(700), Assert.Single(Failures).Delay);
        World.Advance(Ms(1));
        Assert.NotEqual(1, Failures.Count);
        Assert.InRange(Failures.Count, 2, 3);

        Connector.Opens.Always(StepPlan.Succeed);
        World.Advance(Seconds(60));
        Assert.Equal(1, use.Result);
        Assert.All(Failures, failure => Assert.InRange(failure.Delay!.Value, Ms(100), Seconds(10)));
    }

    [Fact]
    public void A_wait_in_vain_is_retried_only_if_opens_failed_meanwhile()
    {
        var pool = Create(options => (options.MaxSize, options.AcquireTimeout) = (1, Ms(50)));
        using (Acquire(pool))
        {
            var exhausted = Use(pool, Options(delayMs: 0), _ => null);
            World.Advance(Seconds(1));
            Failure<AcquireTimeoutException>(exhausted);
        }

        Connector.Opens.Always(StepPlan.Fail(Broken));
        var failing = Create(options => options.AcquireTimeout = Ms(50));
        var use = Use(failing, Options(delayMs: 0), _ => null);
        World.Advance(Seconds(1));
        Assert.Equal(3, Failure<RetryExhaustedException>(use).Attempts);
    }

    [Fact]
    public void A_rule_may_ask_for_another_wait()
    {
        var pool = Create(options => (options.MaxSize, options.AcquireTimeout) = (1, Ms(50)));
        var options = new RetryOptions { MaxAttempts = 2, Delay = TimeSpan.Zero, RetryOnTypes = { typeof(AcquireTimeoutException) } };
        var held = Acquire(pool);
        var use = Use(pool, options, _ => null);
        World.Advance(Ms(60));

        held.Dispose();
        World.Advance(Ms(1));

        Assert.Equal(1, use.Result);
    }

    [Theory]
    [InlineData(OpenFailureKind.Certificate)]
    [InlineData(OpenFailureKind.Credentials)]
    [InlineData(OpenFailureKind.Configuration)]
    public void What_waiting_does_not_cure_is_not_retried(OpenFailureKind kind)
    {
        Connector.Kinds = _ => kind;
        Connector.Opens.Always(StepPlan.Fail(Broken));
        var options = Options();
        options.RetryOn = _ => true;

        var use = Use(Create(), options, _ => null);
        World.Advance(Seconds(1));

        Assert.Equal(kind, Failure<ConnectFailedException>(use).Kind);
        Assert.Single(Failures);
    }

    [Fact]
    public void An_untrusted_certificate_inside_an_operation_is_not_retried()
    {
        var options = Options();
        options.RetryOn = _ => true;

        var use = Fail(Create(), options, new IOException("STARTTLS", new AuthenticationException("untrusted root")));

        Failure<IOException>(use);
        Assert.Single(Calls);
    }

    [Fact]
    public void A_closed_pool_is_not_asked_again()
    {
        var pool = Create();
        _ = pool.DrainAsync(TimeSpan.Zero);
        World.Run();
        var options = Options();
        options.RetryOn = _ => true;

        Failure<PoolClosedException>(Use(pool, options, _ => null));
        Assert.Single(Failures);
    }

    [Fact]
    public void A_cancellation_from_elsewhere_is_retried_only_if_asked_for()
    {
        var pool = Create();
        Failure<OperationCanceledException>(Fail(pool, Options(), new OperationCanceledException()));
        Assert.Single(Calls);

        var options = Options(delayMs: 0);
        options.RetryOnTypes.Add(typeof(OperationCanceledException));
        Failure<RetryExhaustedException>(Fail(pool, options, new OperationCanceledException()));
        Assert.Equal(4, Calls.Count);
    }

    [Fact]
    public void Timeouts_are_told_from_lost_connections()
    {
        Exception[] timeouts =
        [
            new TimeoutException(),
            new IOException("slow", new SocketException((int)SocketError.TimedOut)),
            new AggregateException(new IOException(), new TimeoutException()),
        ];
        Exception[] lost = [new IOException(), new InvalidOperationException("no", new SocketException((int)SocketError.ConnectionReset))];

        Assert.All(timeouts, error => Assert.True(RetryRules.IsTimeout(error)));
        Assert.All(timeouts, error => Assert.False(RetryRules.IsLostConnection(error)));
        Assert.All(lost, error => Assert.False(RetryRules.IsTimeout(error)));
        Assert.All(lost, error => Assert.True(RetryRules.IsLostConnection(error)));
        Assert.False(RetryRules.IsLostConnection(new FormatException()));
    }
}

using ActorPool.Endpoints;
using ActorPool.Options;
using ActorPool.TestKit;

namespace ActorPool.Tests.Endpoints;

/// <summary>What an endpoint's failures make of it, and when it is tried again.</summary>
public sealed class EndpointHealthTests
{
    static readonly IOException Refused = new("refused");

    [Fact]
    public void Nothing_is_known_against_a_new_endpoint()
    {
        var health = New();

        Assert.Equal(PoolHealth.Healthy, health.State);
        Assert.Equal(4, health.ConnectsMax);
        Assert.Equal(0, health.NextAttemptMs);
        Assert.Null(health.LastError);
    }

    [Fact]
    public void One_failure_makes_it_fail_and_one_success_makes_it_whole()
    {
        var health = New();

        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 50);
        Assert.Equal((PoolHealth.Failing, 1, 1, 150L), (health.State, health.ConnectsMax, health.FailuresInARow, health.NextAttemptMs));
        Assert.Same(Refused, health.LastError);

        health.Succeeded(isSinceStep: true, nowMs: 100);
        Assert.Equal((PoolHealth.Healthy, 4, 0, 0L), (health.State, health.ConnectsMax, health.FailuresInARow, health.NextAttemptMs));
        Assert.Null(health.LastError);
        Assert.Equal(0, health.Step);
    }

    [Fact]
    public void The_wait_doubles_up_to_its_bound_and_never_overflows()
    {
        var health = New();
        var waits = new List<long>();
        for (var failure = 0; failure < 100; failure++)
        {
            health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 0);
            waits.Add(health.NextAttemptMs);
        }

        Assert.Equal([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000], waits.Take(10));
        Assert.All(waits.Skip(9), wait => Assert.Equal(30_000, wait));
    }

    [Fact]
    public void A_failure_of_an_open_from_before_the_last_success_takes_no_step()
    {
        var health = New();
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 0);
        var before = health.Round;
        health.Succeeded(isSinceStep: true, nowMs: 100);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 200);

        health.Failed(Refused, OpenFailureKind.Transient, before, nowMs: 250);

        Assert.Equal((1, 2, 300L), (health.Step, health.FailuresInARow, health.NextAttemptMs));
    }

    [Fact]
    public void Opens_that_were_started_together_take_one_step_together()
    {
        var health = New();
        var round = health.Round;

        health.Failed(Refused, OpenFailureKind.Transient, round, nowMs: 10);
        health.Failed(Refused, OpenFailureKind.Transient, round, nowMs: 90);

        Assert.Equal((1, 2, 110L), (health.Step, health.FailuresInARow, health.NextAttemptMs));
    }

    [Fact]
    public void It_is_unavailable_when_it_has_failed_for_long_enough()
    {
        var health = New(options => options.UnavailableAfter = TimeSpan.FromSeconds(2));

        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 1_000);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 2_999);
        Assert.Equal(PoolHealth.Failing, health.State);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 3_000);

        Assert.Equal(PoolHealth.Unavailable, health.State);
    }

    [Fact]
    public void A_time_in_which_nobody_wanted_a_connection_is_not_one_in_which_none_could_be_opened()
    {
        var health = New(options => options.UnavailableAfter = TimeSpan.FromSeconds(2));
        health.Attempted(nowMs: 1_000);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 1_000);

        health.Attempted(nowMs: 3_600_000);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 3_600_500);
        Assert.Equal(PoolHealth.Failing, health.State);

        health.Attempted(nowMs: 3_601_000);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 3_602_500);
        Assert.Equal(PoolHealth.Unavailable, health.State);
    }

    [Theory]
    [InlineData(OpenFailureKind.Credentials)]
    [InlineData(OpenFailureKind.Certificate)]
    [InlineData(OpenFailureKind.Configuration)]
    public void What_waiting_does_not_cure_is_unavailable_at_once_and_tried_at_the_slowest_pace(OpenFailureKind kind)
    {
        var health = New();

        health.Failed(Refused, kind, health.Round, nowMs: 7);

        Assert.Equal((PoolHealth.Unavailable, kind, 30_007L), (health.State, health.LastKind, health.NextAttemptMs));
    }

    [Fact]
    public void Full_jitter_waits_anything_from_nothing_to_the_bound()
    {
        var waits = Enumerable.Range(1, 200).Select(seed =>
        {
            var health = New(options => options.ReconnectBackoff.Jitter = true, (ulong)seed);
            health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 0);
            return health.NextAttemptMs;
        }).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 0, 99));
        Assert.Contains(waits, wait => wait < 20);
        Assert.Contains(waits, wait => wait > 80);
    }

    [Fact]
    public void An_acquirer_may_have_it_tried_again_when_the_last_attempt_is_over_a_second_old()
    {
        var health = New();
        health.Attempted(nowMs: 100);
        health.Failed(Refused, OpenFailureKind.Credentials, health.Round, nowMs: 200);

        Assert.False(health.IsRetryWelcome(nowMs: 1_100));
        Assert.Equal(30_200, health.NextAttemptMs);
        Assert.True(health.IsRetryWelcome(nowMs: 1_101));
        Assert.Equal(0, health.NextAttemptMs);
    }

    [Fact]
    public void An_open_from_before_the_trial_says_nothing_about_it()
    {
        var health = New();
        health.EndedEarly(Refused, isSinceStep: true, nowMs: 0);
        health.EndedEarly(Refused, isSinceStep: true, nowMs: 0);

        health.Succeeded(isSinceStep: false, nowMs: 50);
        Assert.False(health.Proved(isSinceStep: false));
        Assert.False(health.EndedEarly(Refused, isSinceStep: false, nowMs: 60));
        Assert.False(health.HasStood(nowMs: 5_000));

        Assert.Equal((PoolHealth.Failing, 1, 100L), (health.State, health.Step, health.NextAttemptMs));
    }

    [Fact]
    public void A_trial_goes_on_through_failed_opens()
    {
        var health = New();
        health.EndedEarly(Refused, isSinceStep: true, nowMs: 0);
        health.Failed(Refused, OpenFailureKind.Transient, health.Round, nowMs: 0);

        health.Succeeded(isSinceStep: true, nowMs: 100);
        Assert.Equal((PoolHealth.Failing, 1, 1_100L), (health.State, health.ConnectsMax, health.NextAttemptMs));
        health.EndedEarly(Refused, isSinceStep: true, nowMs: 110);
        Assert.Equal((2, 310L), (health.Step, health.NextAttemptMs));

        health.Succeeded(isSinceStep: true, nowMs: 310);
        Assert.True(health.Proved(isSinceStep: true));
        Assert.Equal((PoolHealth.Healthy, 4, 0L, 0), (health.State, health.ConnectsMax, health.NextAttemptMs, health.Step));
    }

    static EndpointHealth New(Action<PoolOptions>? configure = null, ulong seed = 1)
    {
        var options = new PoolOptions { ReconnectBackoff = { Jitter = false } };
        configure?.Invoke(options);
        return new EndpointHealth(PoolSettings.From(options), new SeededRandom(seed));
    }
}

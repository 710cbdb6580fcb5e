using ActorPool.Retries;

namespace ActorPool.Tests.Retries;

/// <summary>The waits between attempts, to the millisecond.</summary>
public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(RetryBackoff.Fixed, new[] { 0.9 }, new[] { 100.0, 100, 100, 100, 100 })]
    [InlineData(RetryBackoff.Exponential, new[] { 0.9 }, new[] { 100.0, 200, 400, 500, 500 })]
    [InlineData(RetryBackoff.FullJitter, new[] { 0.5, 0.25, 0.75 }, new[] { 50.0, 50, 300, 250, 125 })]
    [InlineData(RetryBackoff.FullJitter, new[] { 0.0 }, new[] { 0.0, 0, 0, 0, 0 })]
    [InlineData(RetryBackoff.EqualJitter, new[] { 0.0, 0.5 }, new[] { 50.0, 150, 200, 375, 250 })]

    // 100 + r (3 · previous − 100): 100 + ½ · 200; 100 + ½ · 500; 100 + ½ · 950; and so to the bound.
    [InlineData(RetryBackoff.DecorrelatedJitter, new[] { 0.5 }, new[] { 200.0, 350, 500, 500, 500 })]
    [InlineData(RetryBackoff.DecorrelatedJitter, new[] { 0.0 }, new[] { 100.0, 100, 100, 100, 100 })]
    public void Each_backoff_follows_its_formula_up_to_the_bound(RetryBackoff backoff, double[] random, double[] expected)
    {
        var schedule = new RetrySchedule(backoff, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500));
        var source = new ScriptedRandom(random);
        var waits = new List<double>();
        for (var previous = TimeSpan.Zero; waits.Count < expected.Length;)
        {
            previous = schedule.After(waits.Count + 1, previous, source);
            waits.Add(previous.TotalMilliseconds);
        }

        Assert.Equal(expected, waits);
        Assert.Equal(backoff is RetryBackoff.Fixed or RetryBackoff.Exponential ? 0 : expected.Length, source.Asked);
    }

    [Fact]
    public void Many_attempts_do_not_overflow() => Assert.Equal(
        TimeSpan.FromDays(1),
        new RetrySchedule(RetryBackoff.Exponential, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1))
            .After(int.MaxValue, TimeSpan.FromDays(1), new ScriptedRandom(0.5)));

    [Fact]
    public void A_wait_is_rounded_up_to_whole_milliseconds() => Assert.Equal(
        TimeSpan.FromMilliseconds(4),
        new RetrySchedule(RetryBackoff.FullJitter, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1))
            .After(1, TimeSpan.Zero, new ScriptedRandom(0.31)));
}

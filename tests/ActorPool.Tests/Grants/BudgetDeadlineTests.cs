using ActorPool.TestKit;

namespace ActorPool.Tests.Grants;

/// <summary>A deadline by two clocks, either of which may stand still or leap.</summary>
public sealed class BudgetDeadlineTests
{
    readonly TwoClocks _clocks = new();

    [Fact]
    public void It_has_passed_until_it_is_set_and_after_it_has_expired()
    {
        var deadline = new BudgetDeadline(_clocks);
        Assert.True(deadline.HasPassed);

        deadline.Set(BudgetMoment.Now(_clocks), TimeSpan.FromSeconds(10));
        Assert.False(deadline.HasPassed);
        Assert.Equal(TimeSpan.FromSeconds(10), deadline.Remaining);

        deadline.Expire();
        Assert.True(deadline.HasPassed);
        Assert.Equal(TimeSpan.Zero, deadline.Remaining);
    }

    [Theory]
    [InlineData(9.9, 9.9, false)]
    [InlineData(10, 0, true)]
    [InlineData(0, 10, true)]
    [InlineData(3, -3_600, false)]
    [InlineData(10, -3_600, true)]
    public void The_clock_by_which_more_time_has_gone_decides(double monotonic, double wall, bool hasPassed)
    {
        var deadline = new BudgetDeadline(_clocks);
        deadline.Set(BudgetMoment.Now(_clocks), TimeSpan.FromSeconds(10));

        _clocks.Move(TimeSpan.FromSeconds(monotonic), TimeSpan.FromSeconds(wall));

        Assert.Equal(hasPassed, deadline.HasPassed);
        Assert.Equal(hasPassed, deadline.Remaining == TimeSpan.Zero);
    }

    [Fact]
    public void It_counts_from_the_moment_that_it_is_given_not_from_when_it_is_set()
    {
        var deadline = new BudgetDeadline(_clocks);
        var sent = BudgetMoment.Now(_clocks);
        _clocks.Move(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4));

        deadline.Set(sent, TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(6), deadline.Remaining);
    }

    sealed class TwoClocks : TimeProvider
    {
        long _timestamp;
        DateTimeOffset _now = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => _timestamp;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Move(TimeSpan monotonic, TimeSpan wall)
        {
            _timestamp += (long)(monotonic.TotalSeconds * TimestampFrequency);
            _now += wall;
        }
    }
}

using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit;

/// <summary>The clock that stands still until it is told to move.</summary>
public sealed class VirtualTimeTests
{
    readonly VirtualTime _time = new();
    readonly List<(string Timer, double AtSeconds)> _fired = [];

    [Fact]
    public void Timers_fire_when_they_are_due_and_those_due_at_the_same_time_in_the_order_in_which_they_were_set()
    {
        Set("later", 2);
        Set("first", 1);
        Set("second", 1);
        Set("third", 1);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal([("first", 1), ("second", 1), ("third", 1), ("later", 2)], _fired);
        Assert.Equal(TimeSpan.FromSeconds(3), _time.Elapsed);
    }

    [Fact]
    public void A_timer_that_is_set_anew_is_due_at_its_new_time_and_takes_its_new_place()
    {
        var moved = Set("moved", 1);
        Set("unmoved", 2);

        moved.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([("unmoved", 2), ("moved", 2)], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_again_and_again_until_it_is_disposed()
    {
        var timer = Set("tick", 1, period: 2);

        _time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("tick", 1), ("tick", 3), ("tick", 5)], _fired);
        Assert.Null(_time.NextTimerIn);
    }

    [Fact]
    public void What_a_timer_sets_fires_on_the_same_way_if_it_is_due_by_then()
    {
        using var timer = _time.CreateTimer(_ => Set("inner", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([("inner", 2)], _fired);
    }

    [Fact]
    public void After_a_leap_timers_fire_late()
    {
        Set("late", 1);

        _time.Leap(TimeSpan.FromSeconds(10));
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.Zero, _time.NextTimerIn);
        _time.Advance(TimeSpan.Zero);

        Assert.Equal([("late", 10)], _fired);
    }

    [Fact]
    public void Time_does_not_go_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Leap(TimeSpan.FromTicks(-1)));
    }

    ITimer Set(string name, double seconds, double? period = null) => _time.CreateTimer(
        _ => _fired.Add((name, _time.Elapsed.TotalSeconds)),
        null,
        TimeSpan.FromSeconds(seconds),
        period is { } every ? TimeSpan.FromSeconds(every) : Timeout.InfiniteTimeSpan);
}

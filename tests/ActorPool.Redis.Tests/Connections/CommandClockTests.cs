using ActorPool.Redis.Connections;

namespace ActorPool.Redis.Tests.Connections;

/// <summary>One timer for the commands of a connection.</summary>
public sealed class CommandClockTests : IDisposable
{
    readonly HookedTimer _timer = new();
    readonly CommandClock _clock;
    int _late;

    public CommandClockTests() => _clock = new CommandClock(_timer, () => _late++);

    [Fact]
    public void A_command_that_takes_too_long_is_late_once()
    {
        _clock.Start(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), _timer.DueTime);

        _timer.Now = TimeSpan.FromSeconds(5).Ticks;
        _timer.Fire();
        _timer.Fire();

        Assert.Equal(1, _late);
        Assert.False(_clock.Stop());
    }

    [Fact]
    public void A_timer_that_fires_for_a_command_of_before_is_set_for_the_present_one()
    {
        _clock.Start(TimeSpan.FromSeconds(5));
        Assert.True(_clock.Stop());
        _timer.Now = TimeSpan.FromSeconds(4).Ticks;
        _clock.Start(TimeSpan.FromSeconds(5));

        _timer.Now = TimeSpan.FromSeconds(5).Ticks;
        _timer.Fire();

        Assert.Equal(0, _late);
        Assert.Equal(TimeSpan.FromSeconds(4), _timer.DueTime);
        Assert.True(_clock.Stop());
    }

    [Fact]
    public void A_shorter_command_that_begins_while_the_timer_is_being_set_has_its_time_kept()
    {
        _timer.BeforeSet = () =>
        {
            Assert.True(_clock.Stop());
            _clock.Start(TimeSpan.FromSeconds(1));
        };

        _clock.Start(TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(1), _timer.DueTime);
    }

    [Fact]
    public void A_command_without_a_limit_sets_no_timer()
    {
        _clock.Start(Timeout.InfiniteTimeSpan);

        Assert.Equal(TimeSpan.Zero, _timer.DueTime);
        Assert.True(_clock.Stop());
    }

    public void Dispose() => _clock.Dispose();
}

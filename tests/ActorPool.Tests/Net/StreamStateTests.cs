using ActorPool.Net;

namespace ActorPool.Tests.Net;

public class StreamStateTests
{
    [Fact]
    public void The_first_operation_since_a_return_is_told_so()
    {
        var state = IdleState();
        Assert.Equal(OperationEntry.First, state.Begin());
        Assert.Equal(OperationEntry.Later, state.Begin());
        state.End();
        state.End();
        Assert.True(state.TryBecomeIdle(out _));
        Assert.Equal(OperationEntry.First, state.Begin());
    }

    [Fact]
    public void The_opener_is_no_first_user()
    {
        var state = new StreamState();
        Assert.Equal(OperationEntry.Later, state.Begin());
        Assert.False(state.IsIdle);
    }

    [Fact]
    public void A_watch_that_ends_untouched_spoils_the_stream()
    {
        var state = IdleState();
        Assert.Equal(WatchEnd.Untouched, state.EndWatch());
        Assert.Equal(OperationEntry.Spoiled, state.Begin());
        Assert.True(state.IsCondemned);
        Assert.False(state.TryBecomeIdle(out _));
    }

    [Fact]
    public void A_watch_that_ends_in_use_only_ends()
    {
        var state = IdleState();
        state.Begin();
        Assert.Equal(WatchEnd.None, state.EndWatch());
        Assert.False(state.IsCondemned);
        state.End();
        Assert.True(state.TryBecomeIdle(out var arm));
        Assert.True(arm);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_watch_that_ends_in_use_is_left_to_the_holder_who_need_not_be_sure_that_there_is_something(bool waits)
    {
        var state = IdleState();
        Assert.False(state.TryLeaveToHolder(out _));
        Assert.True(state.IsWatched);

        state.Begin();
        Assert.Equal(waits, waits && state.TryWait());
        Assert.True(state.TryLeaveToHolder(out var readerWaits));

        Assert.Equal(waits, readerWaits);
        Assert.False(state.IsWatched);
        Assert.False(state.IsCondemned);
        state.End();
        Assert.True(state.TryBecomeIdle(out var arm));
        Assert.True(arm);
    }

    [Fact]
    public void A_watch_that_is_pending_at_return_is_taken_over()
    {
        var state = IdleState();
        state.Begin();
        state.End();
        Assert.True(state.TryBecomeIdle(out var arm));
        Assert.False(arm);
        Assert.Equal(WatchEnd.Untouched, state.EndWatch());
    }

    [Fact]
    public void A_reader_waits_only_while_there_is_a_watch()
    {
        var state = IdleState();
        state.Begin();
        Assert.True(state.TryWait());
        Assert.Equal(WatchEnd.ReaderWaits, state.EndWatch());
        Assert.False(state.TryStopWaiting());
        Assert.False(state.TryWait());
    }

    [Fact]
    public void A_reader_that_stopped_waiting_is_not_woken()
    {
        var state = IdleState();
        state.Begin();
        Assert.True(state.TryWait());
        Assert.True(state.TryStopWaiting());
        Assert.Equal(WatchEnd.None, state.EndWatch());
    }

    [Fact]
    public void A_stream_in_use_does_not_become_idle()
    {
        var state = new StreamState();
        state.Begin();
        Assert.False(state.TryBecomeIdle(out _));
        Assert.Equal(1, state.Operations);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Only_a_stream_at_rest_is_closed_with_a_goodbye(bool condemned)
    {
        var state = IdleState();
        if (condemned)
        {
            Assert.True(state.Condemn());
        }

        Assert.True(state.TryClose(out var atRest));
        Assert.Equal(!condemned, atRest);
        Assert.False(state.TryClose(out _));
        Assert.False(state.Condemn());
        Assert.Equal(OperationEntry.Closed, state.Begin());
        Assert.Equal(WatchEnd.None, state.EndWatch());
    }

    static StreamState IdleState()
    {
        var state = new StreamState();
        Assert.True(state.TryBecomeIdle(out var arm));
        Assert.True(arm);
        return state;
    }
}

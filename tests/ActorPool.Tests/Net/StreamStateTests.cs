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
        Assert.True(state.TryBecomeIdle(defer: false, out _));
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
        Assert.False(state.TryBecomeIdle(defer: false, out _));
    }

    [Fact]
    public void A_watch_that_ends_in_use_only_ends()
    {
        var state = IdleState();
        state.Begin();
        Assert.Equal(WatchEnd.None, state.EndWatch());
        Assert.False(state.IsCondemned);
        state.End();
        Assert.True(state.TryBecomeIdle(defer: false, out var arm));
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
        Assert.True(state.TryBecomeIdle(defer: false, out var arm));
        Assert.True(arm);
    }

    [Fact]
    public void A_watch_that_is_pending_at_return_is_taken_over()
    {
        var state = IdleState();
        state.Begin();
        state.End();
        Assert.True(state.TryBecomeIdle(defer: false, out var arm));
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
        Assert.False(state.TryBecomeIdle(defer: false, out _));
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
        Assert.True(state.TryBecomeIdle(defer: false, out var arm));
        Assert.True(arm);
        return state;
    }

    [Fact]
    public void A_watch_that_was_deferred_begins_once_and_only_while_nobody_uses_the_stream()
    {
        var state = new StreamState();
        Assert.False(state.TryWatch());
        Assert.True(state.TryBecomeIdle(defer: true, out var arm));
        Assert.False(arm);
        Assert.False(state.IsWatched);

        state.Begin();
        Assert.False(state.TryWatch());
        state.End();
        Assert.False(state.TryWatch());
        Assert.True(state.TryBecomeIdle(defer: true, out _));
        Assert.True(state.TryWatch());
        Assert.True(state.IsWatched);
        Assert.False(state.TryWatch());
    }

    [Fact]
    public void A_watch_that_is_still_pending_at_a_return_stays_so()
    {
        var state = new StreamState();
        Assert.True(state.TryBecomeIdle(defer: false, out _));
        state.Begin();
        state.End();
        Assert.True(state.TryBecomeIdle(defer: true, out var arm));
        Assert.False(arm);
        Assert.True(state.IsWatched);
    }

    [Fact]
    public void A_stream_that_is_condemned_or_closed_is_not_watched()
    {
        var condemned = new StreamState();
        Assert.True(condemned.TryBecomeIdle(defer: true, out _));
        condemned.Condemn();
        Assert.False(condemned.TryWatch());

        var closed = new StreamState();
        Assert.True(closed.TryBecomeIdle(defer: true, out _));
        Assert.True(closed.TryClose(out _));
        Assert.False(closed.TryWatch());
    }
}

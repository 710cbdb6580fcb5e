using ActorPool.Endpoints;

namespace ActorPool.Tests.Endpoints;

/// <summary>The last transitions of a slot.</summary>
public sealed class FlightRecorderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(FlightRecorder.Capacity)]
    [InlineData(FlightRecorder.Capacity + 1)]
    [InlineData((FlightRecorder.Capacity * 3) + 5)]
    public void It_keeps_the_last_ones_oldest_first(int count)
    {
        var recorder = default(FlightRecorder);
        for (var number = 0; number < count; number++)
        {
            recorder.Note((SlotState)(number % 8), (SlotEvent)(number % 13), number * 10L);
        }

        var kept = Enumerable.Range(0, count).TakeLast(FlightRecorder.Capacity)
            .Select(number => new SlotTransition((SlotEvent)(number % 13), (SlotState)(number % 8), number * 10L));
        Assert.Equal(kept, recorder.ToArray());
    }

    [Fact]
    public void Every_state_event_and_time_comes_out_as_it_went_in()
    {
        foreach (var state in Enum.GetValues<SlotState>())
        {
            foreach (var happened in Enum.GetValues<SlotEvent>())
            {
                foreach (var atMs in new[] { 0L, 1, (1L << 47) - 1 })
                {
                    var recorder = default(FlightRecorder);
                    recorder.Note(state, happened, atMs);
                    Assert.Equal(new SlotTransition(happened, state, atMs), Assert.Single(recorder.ToArray()));
                }
            }
        }
    }

    [Fact]
    public void Cleared_it_begins_anew()
    {
        var recorder = default(FlightRecorder);
        for (var number = 0; number < 11; number++)
        {
            recorder.Note(SlotState.Idle, SlotEvent.Return, number);
        }

        recorder.Clear();
        recorder.Note(SlotState.Opening, SlotEvent.Open, 20);

        var only = Assert.Single(recorder.ToArray());
        Assert.Equal("Open → Opening, 1.500 s ago", only.Describe(1_520));
    }
}

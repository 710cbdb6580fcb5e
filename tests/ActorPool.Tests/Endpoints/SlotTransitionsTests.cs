using ActorPool.Actors;
using ActorPool.Endpoints;
using static ActorPool.Endpoints.SlotEvent;
using static ActorPool.SlotState;

namespace ActorPool.Tests.Endpoints;

/// <summary>The slot's table against a statement of its own; and real pools need every cell of it.</summary>
[Collection(RealThreads.Name)]
public sealed class SlotTransitionsTests
{
    // Not the table over again, but a slot's life as one would tell it.
    static readonly Dictionary<(SlotState, SlotEvent), SlotState> Legal = new()
    {
        // A connection is opened into an empty slot, and is there, or is not, or is given up.
        [(Empty, Open)] = Opening,
        [(Opening, Opened)] = Idle,
        [(Opening, SlotEvent.OpenFailed)] = Empty,
        [(Opening, Retire)] = Closing,

        // An idle one is leased, probed or let go.
        [(Idle, Take)] = Leased,
        [(Idle, Probe)] = Probing,
        [(Idle, Retire)] = Closing,

        // A lease ends in four ways; meanwhile its connection may be condemned, more than once.
        [(Leased, Return)] = Idle,
        [(Leased, ReturnToReset)] = Resetting,
        [(Leased, ReturnUnfit)] = Closing,
        [(Leased, Detach)] = Empty,
        [(Leased, Retire)] = Doomed,
        [(Doomed, Retire)] = Doomed,
        [(Doomed, ReturnUnfit)] = Closing,
        [(Doomed, Detach)] = Empty,

        // Where connections are shared, further leases come and go.
        [(Leased, Join)] = Leased,
        [(Leased, Part)] = Leased,
        [(Doomed, Part)] = Doomed,

        // Probe and reset pass, fail, or are overtaken.
        [(Probing, Checked)] = Idle,
        [(Probing, CheckFailed)] = Closing,
        [(Probing, Retire)] = Closing,
        [(Resetting, Checked)] = Idle,
        [(Resetting, CheckFailed)] = Closing,
        [(Resetting, Retire)] = Closing,

        // Whatever was under way arrives late, and changes nothing until the close has ended.
        [(Closing, Opened)] = Closing,
        [(Closing, Checked)] = Closing,
        [(Closing, CheckFailed)] = Closing,
        [(Closing, Retire)] = Closing,
        [(Closing, SlotEvent.OpenFailed)] = Empty,
        [(Closing, SlotEvent.Closed)] = Empty,
    };

    public static TheoryData<SlotState, string> LegalCells
    {
        get
        {
            var cells = new TheoryData<SlotState, string>();
            foreach (var (state, happened) in Legal.Keys)
            {
                cells.Add(state, happened.ToString());
            }

            return cells;
        }
    }

    [Fact]
    public void Every_cell_is_what_a_slots_life_says()
    {
        foreach (var state in Enum.GetValues<SlotState>())
        {
            foreach (var happened in Enum.GetValues<SlotEvent>())
            {
                if (Legal.TryGetValue((state, happened), out var next))
                {
                    Assert.Equal(next, SlotTransitions.Find(state, happened));
                    Assert.Equal(next, SlotTransitions.Next(state, happened));
                }
                else
                {
                    Assert.Null(SlotTransitions.Find(state, happened));
                    var error = Assert.Throws<InvariantException>(() => SlotTransitions.Next(state, happened));
                    Assert.Contains($"{state} met {happened}", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(LegalCells))]
    public void Without_a_legal_cell_some_pool_trips_over_it(SlotState state, string happened)
    {
        using var gap = new TableGap(typeof(SlotTransitions), (int)state, (int)Enum.Parse<SlotEvent>(happened), $"{state} met {happened}");

        var seed = gap.FindVictim();

        Assert.True(seed is not null, "no pool ever comes there");
    }
}

using ActorPool.Actors;
using ActorPool.Connections;
using static ActorPool.Connections.ConnectionEvent;
using static ActorPool.Connections.ConnectionState;

namespace ActorPool.Tests.Connections;

/// <summary>The connection's table against a statement of its own; and real pools need every cell of it but one.</summary>
[Collection(RealThreads.Name)]
public sealed class ConnectionTransitionsTests
{
    // Not the table over again, but a connection's life as one would tell it.
    static readonly Dictionary<(ConnectionState, ConnectionEvent), ConnectionState> Legal = new()
    {
        // An open succeeds, fails, takes too long, or is not wanted any more.
        [(Opening, Opened)] = Ready,
        [(Opening, ConnectionEvent.OpenFailed)] = ConnectionState.Closed,
        [(Opening, TimedOut)] = Closing,
        [(Opening, Close)] = Closing,

        // What is ready is probed or reset, closed, or kept by its holder.
        [(Ready, CheckStarted)] = Busy,
        [(Ready, Close)] = Closing,
        [(Ready, Forgotten)] = ConnectionState.Closed,

        // A check passes, fails, takes too long, or is overtaken by the close.
        [(Busy, CheckPassed)] = Ready,
        [(Busy, CheckFailed)] = Closing,
        [(Busy, TimedOut)] = Closing,
        [(Busy, Close)] = Closing,

        // What was begun before the close ends late; then the close itself ends.
        [(Closing, Opened)] = Closing,
        [(Closing, ConnectionEvent.OpenFailed)] = Closing,
        [(Closing, CheckPassed)] = Closing,
        [(Closing, CheckFailed)] = Closing,
        [(Closing, Close)] = Closing,
        [(Closing, Ended)] = ConnectionState.Closed,
    };

    public static TheoryData<string, string> ReachedCells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var (state, happened) in Legal.Keys)
            {
                // Who is closing hears of another close and leaves it at that: the cell is only spoken of.
                if ((state, happened) != (Closing, Close))
                {
                    cells.Add(state.ToString(), happened.ToString());
                }
            }

            return cells;
        }
    }

    [Fact]
    public void Every_cell_is_what_a_connections_life_says()
    {
        foreach (var state in Enum.GetValues<ConnectionState>())
        {
            foreach (var happened in Enum.GetValues<ConnectionEvent>())
            {
                if (Legal.TryGetValue((state, happened), out var next))
                {
                    Assert.Equal(next, ConnectionTransitions.Find(state, happened));
                    Assert.Equal(next, ConnectionTransitions.Next(state, happened));
                }
                else
                {
                    Assert.Null(ConnectionTransitions.Find(state, happened));
                    Assert.Throws<InvariantException>(() => ConnectionTransitions.Next(state, happened));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ReachedCells))]
    public void Without_a_legal_cell_some_pool_trips_over_it(string state, string happened)
    {
        using var gap = new TableGap(
            typeof(ConnectionTransitions),
            (int)Enum.Parse<ConnectionState>(state),
            (int)Enum.Parse<ConnectionEvent>(happened),
            "a connection met");

        var seed = gap.FindVictim();

        Assert.True(seed is not null, "no pool ever comes there");
    }
}

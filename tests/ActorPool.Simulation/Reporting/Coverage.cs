using ActorPool.Connections;
using ActorPool.Endpoints;

namespace ActorPool.Simulation;

/// <summary>Which cells of the transition tables were visited, and how often.</summary>
static class Coverage
{
    static readonly long[,] Slots = new long[Enum.GetValues<SlotState>().Length, Enum.GetValues<SlotEvent>().Length];
    static readonly long[,] Connections = new long[Enum.GetValues<ConnectionState>().Length, Enum.GetValues<ConnectionEvent>().Length];

    public static void Visit(SlotState state, SlotEvent happened) => Slots[(int)state, (int)happened]++;

    public static void Visit(ConnectionState state, ConnectionEvent happened) => Connections[(int)state, (int)happened]++;

    /// <summary>The two tables, cell by cell.</summary>
    public static IEnumerable<CoverageTable> Tables()
    {
        yield return new CoverageTable(
            "slot", Enum.GetNames<SlotState>(), Enum.GetNames<SlotEvent>(), Slots,
            static (row, column) => SlotTransitions.Find((SlotState)row, (SlotEvent)column) is not null);
        yield return new CoverageTable(
            "connection", Enum.GetNames<ConnectionState>(), Enum.GetNames<ConnectionEvent>(), Connections,
            static (row, column) => ConnectionTransitions.Find((ConnectionState)row, (ConnectionEvent)column) is not null);
    }
}

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>Everything that may happen.</summary>
static class IncidentList
{
    static readonly Incident[] All =
    [
        new DemandChanges(),
        new NodeStarts(),
        new NodeLeaves(),
        new NodeIsKilled(),
        new NodePauses(),
        new NodesAreCutOff(),
        new EngineStops(),
        new EngineForgets(),
        new EngineIsRestored(),
        new WallClockLeaps(),
        new FenceFails(),
        new BudgetIsResized(),
    ];

    static readonly int Weight = All.Sum(static incident => incident.Weight);

    /// <summary>One of them, by its weight.</summary>
    public static Incident Draw(Choices choices)
    {
        var choice = choices.Next(Weight);
        var index = 0;
        while ((choice -= All[index].Weight) >= 0)
        {
            index++;
        }

        return All[index];
    }
}

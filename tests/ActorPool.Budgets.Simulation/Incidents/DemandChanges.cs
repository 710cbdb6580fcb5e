namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>Callers of a node come, or go.</summary>
sealed class DemandChanges : Incident
{
    public override int Weight => 20;

    public override bool TryHappen(World world, Choices choices)
    {
        if (Node(world, choices, static node => node.Process is { IsAlive: true, IsLeaving: false }) is not { Process: { } process })
        {
            return false;
        }

        var demand = Draw(world, choices);
        world.Trace?.Add(world, $"{process.Name} wants {demand}");
        world.After(0, process, () => process.Pools.SetDemand(process.IsLeaving ? 0 : demand));
        return true;
    }

    /// <summary>Nothing, a little, a share, all.</summary>
    public static int Draw(World world, Choices choices) => choices.Next(5) switch
    {
        0 => 0,
        1 => 1,
        2 => choices.Next(world.Connections + 1),
        3 => choices.Next((world.Connections / world.Nodes.Count) + 2),
        _ => world.Connections,
    };
}

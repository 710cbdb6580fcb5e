namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>A process starts where none runs.</summary>
sealed class NodeStarts : Incident
{
    public override int Weight => 8;

    public override bool TryHappen(World world, Choices choices)
    {
        if (world.Now < world.NobodyJoinsUntil || Node(world, choices, static node => node.Process is not { IsAlive: true }) is not { } node)
        {
            return false;
        }

        var process = node.Start(world.Connections);
        var demand = DemandChanges.Draw(world, choices);
        world.Trace?.Add(world, $"{process.Name} starts ({process.Settings.ClientName}, {node.Clock.Ppm} ppm, budget {world.Connections}), wants {demand}");
        world.After(0, process, process.Begin);
        world.After(0, process, () => process.Pools.SetDemand(process.IsLeaving ? 0 : demand));
        return true;
    }
}

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>A process leaves in good order.</summary>
sealed class NodeLeaves : Incident
{
    public override int Weight => 4;

    public override bool TryHappen(World world, Choices choices)
    {
        if (Node(world, choices, static node => node.Process is { IsAlive: true, IsLeaving: false }) is not { Process: { } process })
        {
            return false;
        }

        world.Trace?.Add(world, $"{process.Name} leaves");
        world.After(0, process, process.Leave);
        return true;
    }
}

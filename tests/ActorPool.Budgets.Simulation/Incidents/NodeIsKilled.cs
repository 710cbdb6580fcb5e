namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>A process is killed, in whatever it is doing.</summary>
sealed class NodeIsKilled : Incident
{
    public override int Weight => 6;

    public override bool TryHappen(World world, Choices choices)
    {
        if (Node(world, choices, static node => node.Process is { IsAlive: true }) is not { Process: { } process })
        {
            return false;
        }

        world.Trace?.Add(world, $"{process.Name} is killed");
        process.Kill();
        return true;
    }
}

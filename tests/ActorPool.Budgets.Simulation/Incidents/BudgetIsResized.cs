namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>Processes that start from now on have another size of the budget.</summary>
sealed class BudgetIsResized : Incident
{
    public override int Weight => 5;

    public override bool TryHappen(World world, Choices choices)
    {
        if (!world.Options.MayResize)
        {
            return false;
        }

        var aside = (world.Options.OfflineFloor + world.Options.EngineConnections) * (world.Options.MaxNodes ?? 0);
        world.Connections = Math.Max(1, aside) + choices.Next(world.Options.Connections + 3);
        world.Trace?.Add(world, $"the budget of those who start is {world.Connections}");
        return true;
    }
}

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>The server ends nobody's sessions for a while, or does, and the answer says it did not.</summary>
sealed class FenceFails : Incident
{
    public override int Weight => 3;

    public override bool TryHappen(World world, Choices choices)
    {
        if (!world.Options.HasFence || world.Server.FenceFails)
        {
            return false;
        }

        var ticks = Ticks(world, choices);
        world.Trace?.Add(world, $"the server refuses to end sessions for {Show.Ms(ticks)}");
        world.Server.FenceFails = true;
        world.After(ticks, null, () => world.Server.FenceFails = false);
        return true;
    }
}

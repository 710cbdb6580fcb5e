namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>A machine's wall clock is set: forward, or back where no machine is ever suspended.</summary>
sealed class WallClockLeaps : Incident
{
    public override int Weight => 5;

    public override bool TryHappen(World world, Choices choices)
    {
        var node = choices.Pick(world.Nodes);
        var ticks = choices.OneIn(2) ? choices.Between(0, TimeSpan.TicksPerDay) : choices.Between(0, 2 * world.Options.Lifetime.Ticks);
        if (!world.Options.MaySleep && choices.OneIn(2))
        {
            ticks = -ticks;
        }

        world.Trace?.Add(world, $"{node.Name}'s wall clock leaps by {Show.Ms(ticks)}");
        node.Clock.Leap(ticks);
        return true;
    }
}

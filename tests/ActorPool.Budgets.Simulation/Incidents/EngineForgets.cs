namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>The engine loses its last writes, acknowledged ones too, and tells it by another incarnation: a fail-over.</summary>
sealed class EngineForgets : Incident
{
    public override int Weight => 4;

    public override bool TryHappen(World world, Choices choices)
    {
        if (world.Engine.IsDown || !world.Engine.HasHistory)
        {
            return false;
        }

        var writes = choices.Next(choices.OneIn(2) ? 6 : 60);
        void Forget()
        {
            world.Engine.RollBack(writes, isNewLife: true);
            world.Trace?.Add(world, $"the engine has lost {writes} writes, {world.Engine.Incarnation}, revision {world.Engine.State.Revision}");
        }

        if (choices.OneIn(2))
        {
            Forget();
        }
        else
        {
            EngineStops.Stop(world, choices, Ticks(world, choices), Forget);
        }

        return true;
    }
}

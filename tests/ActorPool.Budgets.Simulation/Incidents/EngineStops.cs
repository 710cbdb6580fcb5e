namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>The engine is down for a while, and forgets nothing.</summary>
sealed class EngineStops : Incident
{
    public override int Weight => 5;

    public override bool TryHappen(World world, Choices choices)
    {
        if (world.Engine.IsDown)
        {
            return false;
        }

        Stop(world, choices, Ticks(world, choices), static () => { });
        return true;
    }

    /// <summary>It is down; what happens to it meanwhile is seen when it is back.</summary>
    public static void Stop(World world, Choices choices, long ticks, Action meanwhile)
    {
        var engine = world.Engine;
        engine.IsDown = true;
        engine.Refuses = choices.OneIn(2);
        world.Trace?.Add(world, $"the engine is down for {Show.Ms(ticks)}, and {(engine.Refuses ? "refuses" : "says nothing")}");
        world.Traffic.Begin();
        world.After(ticks, null, () =>
        {
            if (!world.IsStormy)
            {
                return;
            }

            world.Traffic.EndOfOutage();
            meanwhile();
            engine.IsDown = false;
            world.Trace?.Add(world, "the engine is back");
        });
    }
}

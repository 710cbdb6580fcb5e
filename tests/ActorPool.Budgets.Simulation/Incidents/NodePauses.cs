namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>A process stands still for a while: stopped, swapped out, collecting garbage, or its machine is suspended.</summary>
sealed class NodePauses : Incident
{
    public override int Weight => 10;

    public override bool TryHappen(World world, Choices choices)
    {
        if (Node(world, choices, static node => node.IsRunning) is not { } node)
        {
            return false;
        }

        var process = node.Process!;
        var ticks = world.PauseTicks(process, choices);
        if (ticks <= 0)
        {
            return false;
        }

        var isAsleep = world.Options.MaySleep && choices.OneIn(2);
        world.Trace?.Add(world, $"{process.Name} {(isAsleep ? "sleeps, and its monotonic clock with it" : "pauses")}, for {Show.Ms(ticks)}");
        process.Pause(ticks, isAsleep);
        var pauses = process.Pauses;
        world.After(ticks, null, () =>
        {
            if (process.Pauses != pauses)
            {
                return;
            }

            world.Trace?.Add(world, $"{process.Name} goes on");
            process.Resume();
        });
        return true;
    }
}

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>Some machines do not reach the engine for a while.</summary>
sealed class NodesAreCutOff : Incident
{
    public override int Weight => 8;

    public override bool TryHappen(World world, Choices choices)
    {
        var isMany = choices.OneIn(4);
        var only = choices.Next(world.Nodes.Count);
        var ticks = Ticks(world, choices);
        var nodes = world.Nodes.Where(node => isMany ? choices.OneIn(2) : node.Number == only).ToList();
        foreach (var node in nodes)
        {
            node.IsCutOff = true;
        }

        world.Trace?.Add(world, $"{string.Join(' ', nodes.Select(static node => node.Name))} cut off for {Show.Ms(ticks)}");
        world.After(ticks, null, () =>
        {
            world.Trace?.Add(world, $"{string.Join(' ', nodes.Select(static node => node.Name))} reach the engine again");
            foreach (var node in nodes)
            {
                node.IsCutOff = false;
            }
        });
        return nodes.Count > 0;
    }
}

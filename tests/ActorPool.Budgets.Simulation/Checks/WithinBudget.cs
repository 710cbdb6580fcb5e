namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>The connections that running nodes may use are never more than the budget.</summary>
sealed class WithinBudget(World world) : Check(world)
{
    long _seen = -1;

    public override void AfterStep()
    {
        if (_seen == World.Changes)
        {
            return;
        }

        _seen = World.Changes;
        var usable = 0;
        foreach (var node in World.Nodes)
        {
            usable += node.IsRunning ? node.Process!.Pools.Usable : 0;
        }

        if (usable > World.Book.Allowed)
        {
            Fail($"{usable} connections may be used, {World.Book.Allowed} are allowed: {string.Join(", ", World.Nodes.Where(static node => node.IsRunning).Select(static node => $"{node.Process!.Name} {node.Process.Pools.Usable}"))}");
        }
    }
}

using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>One kind of thing that may happen.</summary>
abstract class Incident
{
    /// <summary>How likely it is, beside the others.</summary>
    public abstract int Weight { get; }

    public string Name => GetType().Name;

    /// <summary>Makes it happen. False if there is nothing that it could happen to.</summary>
    public abstract bool TryHappen(World world, Choices choices);

    /// <summary>A node whose process is of some kind; null if there is none.</summary>
    protected static SimulatedNode? Node(World world, Choices choices, Func<SimulatedNode, bool> isMeant)
    {
        var first = choices.Next(world.Nodes.Count);
        for (var index = 0; index < world.Nodes.Count; index++)
        {
            var node = world.Nodes[(first + index) % world.Nodes.Count];
            if (isMeant(node))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Some time: a moment, or about as long as something else takes.</summary>
    protected static long Ticks(World world, Choices choices)
    {
        var options = world.Options;
        var most = choices.Next(4) switch
        {
            0 => options.Lifetime / 20,
            1 => options.RenewInterval * 2,
            2 => options.Lifetime,
            _ => (options.Lifetime + options.Margin) * 2,
        };
        return choices.Between(0, most.Ticks);
    }
}

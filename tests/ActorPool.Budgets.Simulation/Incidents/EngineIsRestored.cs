using ActorPool.Budgets.Book;
using ActorPool.Budgets.Simulation.Engine;

namespace ActorPool.Budgets.Simulation.Incidents;

/// <summary>
/// The engine is put back to an earlier state and looks as it did before: a restored etcd that keeps its cluster's id. Only nodes that had seen more
/// can tell, and others may be quicker. So either it has lost nothing but renewals, or it was down until every node had closed what it had,
/// with nobody frozen; and nobody new joins before the others had time to tell. That is what the page of promises asks of operators.
/// </summary>
sealed class EngineIsRestored : Incident
{
    public override int Weight => 2;

    public override bool TryHappen(World world, Choices choices)
    {
        if (world.Engine.IsDown || !world.Engine.HasHistory || !world.IsAtRest || !world.Nodes.All(static node => node.Process is not { IsAlive: true, Joins: 0 }))
        {
            return false;
        }

        var writes = 1 + choices.Next(choices.OneIn(2) ? 6 : 60);
        var silence = (world.Options.Lifetime + world.Options.Margin).Ticks;
        if (choices.OneIn(2))
        {
            if (!Grants(world.Engine.State).SequenceEqual(Grants(world.Engine.Before(writes))))
            {
                return false;
            }

            world.NobodyJoinsUntil = world.Now + (2 * silence);
            Restore(world, writes);
            return true;
        }

        world.NobodyJoinsUntil = world.Now + (4 * silence);
        world.NobodyPausesUntil = world.Now + (2 * silence);
        foreach (var node in world.Nodes)
        {
            node.Process?.Resume();
        }

        EngineStops.Stop(world, choices, silence + choices.Between(0, silence / 2), () => Restore(world, writes));
        return true;
    }

    static void Restore(World world, int writes)
    {
        world.Engine.RollBack(writes, isNewLife: false);
        world.Trace?.Add(world, $"the engine has lost {writes} writes and does not tell, revision {world.Engine.State.Revision}");
    }

    /// <summary>Who holds what.</summary>
    static IEnumerable<(string Key, string Client, int Held, bool IsFenced)> Grants(EngineState state) =>
        from record in state.Records
        where record.Key != BookKeys.Book
        let node = BookJson.ReadNode(record.Value)
        select (record.Key, node.Client, node.Held, node.IsFenced);
}

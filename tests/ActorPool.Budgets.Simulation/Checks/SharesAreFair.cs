using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>Who wants grants has them, as far as there are any; nobody keeps what he does not want from who does; the dead have none.</summary>
sealed class SharesAreFair(World world)
{
    /// <summary>What there is to say against it; null: nothing.</summary>
    public string? What()
    {
        if (world.Book is not { Record: { } book, Nodes: var nodes })
        {
            return "there is no book";
        }

        if (book.IsReconciling)
        {
            return "nothing is granted yet";
        }

        var isScarce = world.Nodes.Any(node => node.Process is { IsAlive: true } process && process.Pools.Limit < process.Pools.Demand);
        var wanted = 0;
        var processes = 0;
        foreach (var node in world.Nodes)
        {
            if (node.Process is not { IsAlive: true } process)
            {
                continue;
            }

            if (process.IsLeaving)
            {
                return $"{process.Name} has not left";
            }

            if (nodes.FirstOrDefault(record => record.Client == process.Settings.ClientName && !record.IsFenced) is not { } own)
            {
                return $"{process.Name} has not joined";
            }

            processes++;
            var wants = Math.Max(0, process.Pools.Demand - world.Options.OfflineFloor);
            wanted += wants;
            if (Complain(process.Name, process.Pools, own, wants, book, isScarce) is { } complaint)
            {
                return complaint;
            }
        }

        if (processes == 0)
        {
            return "nobody is there";
        }

        var held = nodes.Sum(static node => node.Held);
        var records = nodes.Count(static node => !node.IsAdrift);
        if (records != processes)
        {
            return $"there are {records} records of {processes} nodes";
        }

        if (held < Math.Min(wanted, book.Max) || held > book.Max)
        {
            return $"{held} of {book.Max} grants are held, and {wanted} are wanted";
        }

        return world.Server.Sessions.Any(session => session.IsLate || !session.Connection.Process.IsAlive) ? "the dead have connections" : null;
    }

    static string? Complain(string name, Nodes.NodePools pools, NodeRecord own, int wants, BookRecord book, bool isScarce)
    {
        // What is in use moves only if more than a little would be gained.
        var slack = 1 + (book.Base / 8);
        if (own.Held + slack <= Math.Min(wants, book.Base))
        {
            return $"{name} wants {wants} and has {own.Held}, less than an equal part, {book.Base}";
        }

        // Idle connections keep their grants as long as nobody lacks any.
        if (own.Held > wants && own.Held > (isScarce ? 0 : pools.Used))
        {
            return $"{name} wants {wants}, has {pools.Used} connections and holds {own.Held}{(isScarce ? ", which others lack" : "")}";
        }

        return pools.Leased < Math.Min(pools.Demand, pools.Limit) || pools.Used > pools.Limit
            ? $"{name} leases {pools.Leased} of {pools.Demand} under a limit of {pools.Limit}, and uses {pools.Used}"
            : null;
    }
}

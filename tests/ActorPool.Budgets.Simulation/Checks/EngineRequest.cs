using ActorPool.Budgets.Node;
using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>A request that was sent.</summary>
sealed class EngineRequest(NodeProcess process, AgentEffect.Send send, long monotonic, long wall)
{
    public long Id => send.Id;

    public GrantTransaction Transaction => send.Transaction;

    public NodeProcess Process => process;

    /// <summary>What the node's clocks showed when it was sent.</summary>
    public long Monotonic => monotonic;

    public long Wall => wall;

    /// <summary>Whether it writes its node's record: who says something lives.</summary>
    public bool WritesOwn
    {
        get
        {
            foreach (var write in Transaction.Writes)
            {
                if (write.Value is not null && string.Equals(write.Key, process.Settings.Key, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public override string ToString() => $"request {Id}{string.Concat(Transaction.Writes.Select(static write => $" {write.Key}={write.Value ?? "(removed)"}"))}{(Transaction.Writes.Count == 0 ? " reads" : "")}";
}

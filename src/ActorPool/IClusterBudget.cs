namespace ActorPool;

/// <summary>A budget that pools of many machines share, as operators look at it: health checks, metrics and the dashboard.</summary>
public interface IClusterBudget : IConnectionBudget
{
    /// <summary>The budget's name.</summary>
    string Name { get; }

    /// <summary>What this node knows of the budget at this moment. Never blocks for long; asks nobody.</summary>
    /// <param name="lookAtNodes">
    /// Whether somebody looks at <see cref="ClusterBudgetSnapshot.Nodes"/>, so that all of them are read more often for a while. False for who asks for
    /// the numbers of this node alone, again and again, such as metrics and health checks: a thousand nodes that read each other cost their engine a million records.
    /// </param>
    ClusterBudgetSnapshot Snapshot(bool lookAtNodes = true);
}

namespace ActorPool;

/// <summary>How a node stands to its <see cref="IClusterBudget"/>.</summary>
public enum ClusterBudgetState
{
    /// <summary>It has not joined yet, or again: it may open nothing.</summary>
    Joining = 0,

    /// <summary>It renews in time.</summary>
    Active,

    /// <summary>The last renewal failed; what it holds it may use until its deadline.</summary>
    Late,

    /// <summary>Its deadline has passed: it has closed what it had, but for its offline floor.</summary>
    CutOff,

    /// <summary>It has left.</summary>
    Closed,
}

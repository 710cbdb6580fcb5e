namespace ActorPool.Budgets;

/// <summary>What a node that was cut off from its engine does with leased connections when its deadline comes.</summary>
public enum OnDeadline
{
    /// <summary>They are closed under their holders, whose requests fail: the budget holds.</summary>
    CloseLeased = 0,

    /// <summary>
    /// They are closed when they are returned. The consequence: others may be given the same grants meanwhile, so that the budget is
    /// exceeded by as many as are still leased, unless a fence ends them at the server.
    /// </summary>
    KeepLeased,
}

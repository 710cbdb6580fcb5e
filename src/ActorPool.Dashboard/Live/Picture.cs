namespace ActorPool.Dashboard.Live;

/// <summary>All pools at one moment. Rows that have not changed are the same objects as in the picture before.</summary>
/// <param name="Version">The number of the picture; each is greater than the one before.</param>
/// <param name="Rows">A row for each pool, in the order in which the pools were made.</param>
/// <param name="Numbers">The numbers of the pools, in the same order.</param>
/// <param name="MembersSince">The version since which there have been these pools and no others.</param>
/// <param name="Budgets">A row for each budget over many machines that the pools share, in the order of their names.</param>
/// <param name="BudgetsSince">The version since which the budgets have been these and have said this.</param>
/// <param name="Nodes">A row for each node of the cluster, in the order of their addresses; none without one.</param>
/// <param name="NodesSince">The version since which the nodes have been these and have said this.</param>
/// <param name="Connections">How many connections there are.</param>
/// <param name="Took">How long it took to look.</param>
sealed record Picture(
    long Version,
    PoolRow[] Rows,
    long[] Numbers,
    long MembersSince,
    PoolRow[] Budgets,
    long BudgetsSince,
    PoolRow[] Nodes,
    long NodesSince,
    int Connections,
    TimeSpan Took);

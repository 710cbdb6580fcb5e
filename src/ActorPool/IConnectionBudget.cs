namespace ActorPool;

/// <summary>
/// Decides how many connections pools may have between them. A pool that has one (<see cref="PoolOptions.Budget"/>) opens a
/// connection only with a grant, and returns the grant when the connection has closed. <see cref="ConnectionBudget"/> is
/// the one for pools of one process.
/// </summary>
public interface IConnectionBudget
{
    /// <summary>A pool joins. It has no grants yet, wants none, and is told of each it gets. Never blocks.</summary>
    /// <param name="poolName">The pool's name, for logs and snapshots. Several may have the same.</param>
    /// <param name="member">The pool.</param>
    /// <returns>The pool's line to the budget; disposed when the pool has closed.</returns>
    IBudgetShare Join(string poolName, IBudgetMember member);

    /// <summary>
    /// Until when grants may be used; null (the default): as long as the budget lives. Read once, when a pool is made. A pool of such a budget reads
    /// the clocks whenever it opens or hands out a connection.
    /// </summary>
    BudgetDeadline? Deadline => null;
}

namespace ActorPool;

/// <summary>
/// Decides how many connections pools may have between them. A pool that has one (<see cref="PoolOptions.Budget"/>) opens a
/// connection only with a grant, and returns the grant when the connection has closed.
/// </summary>
public interface IConnectionBudget
{
    /// <summary>A pool joins. It has no grants yet, and is told of each it gets.</summary>
    /// <param name="poolName">The pool's name, for logs and snapshots.</param>
    /// <param name="member">The pool. Its members post and may be called from any thread.</param>
    /// <returns>The pool's line to the budget; disposed when the pool has closed.</returns>
    IBudgetShare Join(string poolName, IBudgetMember member);
}

namespace ActorPool;

/// <summary>
/// A pool's line to its <see cref="IConnectionBudget"/>. Called on the dispatcher or from any other thread outside an
/// actor's turn, one call at a time, in order; also from within a call to the <see cref="IBudgetMember"/>. Never blocks.
/// Disposing it leaves the budget and returns every grant; calls after that are ignored.
/// </summary>
public interface IBudgetShare : IDisposable
{
    /// <summary>
    /// How many grants the pool would like to have in all, those it has included. Replaces what it said before. A pool that
    /// says less than it has (its other connections are idle) keeps them until others want them or it returns them.
    /// </summary>
    /// <param name="total">At least 0.</param>
    void Want(int total);

    /// <summary>
    /// The pool has no use for this many of its grants any more: their connections are closed. A pool that does not want
    /// them back at once says so first, with <see cref="Want"/>.
    /// </summary>
    /// <param name="count">At least 1, and at most what the pool was granted and has not returned.</param>
    void Return(int count);
}

namespace ActorPool;

/// <summary>
/// A pool, as its <see cref="IConnectionBudget"/> sees it. Called on the dispatcher, one call at a time, in order. Must not
/// block and should not throw: a grant whose call threw counts as given until its share is disposed.
/// </summary>
public interface IBudgetMember
{
    /// <summary>
    /// The pool may have this many connections more. Calls that come after the pool has disposed its share were under way
    /// by then: they are to be ignored, the budget has taken these grants back.
    /// </summary>
    /// <param name="count">How many; at least 1.</param>
    void Granted(int count);

    /// <summary>
    /// Others want connections, and this pool has more than its share: it closes up to that many that it does not need
    /// (idle ones), and returns their grants (<see cref="IBudgetShare.Return"/>). A request: the pool returns what it can
    /// now and need not remember the rest, since it is asked again after a while.
    /// </summary>
    /// <param name="count">How many are wanted back; at least 1.</param>
    void GiveBack(int count);

    /// <summary>
    /// The pool may keep at most that many grants, and returns what it has above: first those that stand for no connection, then those
    /// of idle connections, those of the minimum size included, then those of leased ones. An order, not a request: it is carried out
    /// also if it takes a while, until a later one says otherwise.
    /// </summary>
    /// <param name="total">How many it may keep; at least 0.</param>
    /// <param name="mode">
    /// <see cref="EvictMode.Soft"/>: leased connections are closed when they come back. <see cref="EvictMode.Hard"/>: at once, under their
    /// holders.
    /// </param>
    void Recall(int total, EvictMode mode);
}

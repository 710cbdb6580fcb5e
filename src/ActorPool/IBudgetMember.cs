namespace ActorPool;

/// <summary>A pool, as its <see cref="IConnectionBudget"/> sees it. May be called from any thread; never blocks.</summary>
public interface IBudgetMember
{
    /// <summary>The pool may have this many connections more.</summary>
    void Granted(int count);

    /// <summary>
    /// Others want connections, and this pool has more than its share: it closes up to that many that it does not need
    /// (idle ones), and returns their grants. A request; the pool returns what it can.
    /// </summary>
    void GiveBack(int count);
}

namespace ActorPool;

/// <summary>A pool's line to its <see cref="IConnectionBudget"/>. Called on the dispatcher, one call at a time, in order; never blocks.</summary>
public interface IBudgetShare : IDisposable
{
    /// <summary>How many grants the pool would like to have in all, those it has included. Replaces what it said before.</summary>
    void Want(int total);

    /// <summary>The pool has no use for this many of its grants any more: their connections are closed.</summary>
    void Return(int count);
}

using ActorPool.Diagnostics;

namespace ActorPool.Grants;

/// <summary>
/// One who watches a budget: is told of changes on the dispatcher, one call at a time, with a picture taken then. What changes
/// while he is told, he is told in one more call.
/// </summary>
sealed class BudgetWatch(BudgetActor actor, Func<BudgetSnapshot> takeSnapshot, Action<BudgetSnapshot> changed) : IDisposable, IThreadPoolWorkItem
{
    int _scheduled;
    bool _isDisposed;

    /// <summary>From the actor's turn: something has changed.</summary>
    public void Tell()
    {
        if (Interlocked.Exchange(ref _scheduled, 2) == 0)
        {
            actor.System.Dispatcher.Execute(this);
        }
    }

    public void Execute()
    {
        do
        {
            Interlocked.Exchange(ref _scheduled, 1);
            if (!Volatile.Read(ref _isDisposed))
            {
                Call();
            }
        }
        while (Interlocked.CompareExchange(ref _scheduled, 0, 1) != 1);
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            actor.Tell(new BudgetMessage(BudgetRequest.Unwatch) { Watch = this });
        }
    }

    void Call()
    {
        try
        {
            changed(takeSnapshot());
        }
#pragma warning disable CA1031 // a watcher's error is its own; it is told of the next change
        catch (Exception error)
#pragma warning restore CA1031
        {
            actor.System.Events.Publish(new BudgetMemberFailed("a watcher of the budget", error));
        }
    }
}

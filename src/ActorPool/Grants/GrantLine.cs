using System.Collections.Concurrent;
using ActorPool.Endpoints;

namespace ActorPool.Grants;

/// <summary>
/// A supervisor's line to its budget, both ways: what the supervisor says in its turns reaches the budget on the dispatcher,
/// in order; what the budget says is posted to the supervisor.
/// </summary>
sealed class GrantLine(EndpointSupervisor supervisor, IConnectionBudget budget) : IBudgetMember, IThreadPoolWorkItem
{
    readonly ConcurrentQueue<Said> _said = new();
    IBudgetShare? _share;
    int _scheduled;

    /// <summary>The budget that it leads to.</summary>
    public IConnectionBudget Budget { get; } = budget;

    /// <summary>From the supervisor's turn: how many grants the pool would like to have in all.</summary>
    public void Want(int total) => Say(new Said(Word.Want, total));

    /// <summary>From the supervisor's turn: so many grants are not needed any more.</summary>
    public void Return(int count) => Say(new Said(Word.Return, count));

    /// <summary>From the supervisor's turn: the pool has closed.</summary>
    public void Leave() => Say(new Said(Word.Leave, 0));

    void IBudgetMember.Granted(int count) => supervisor.Post(EndpointMessage.OfBudget(EndpointRequest.Granted, count));

    void IBudgetMember.GiveBack(int count) => supervisor.Post(EndpointMessage.OfBudget(EndpointRequest.GiveBack, count));

    void IBudgetMember.Recall(int total, EvictMode mode) => supervisor.Post(EndpointMessage.OfBudget(EndpointRequest.Recall, total, mode));

    public void Execute()
    {
        while (_said.TryDequeue(out var said))
        {
            Tell(said);
        }

        // Free the flag, then look again: a word that was queued after the last look and saw the flag set is not lost.
        Interlocked.Exchange(ref _scheduled, 0);
        if (!_said.IsEmpty)
        {
            Schedule();
        }
    }

    void Tell(Said said)
    {
        try
        {
            _share ??= Budget.Join(supervisor.Name, this);
            switch (said.Word)
            {
                case Word.Want:
                    _share.Want(said.Count);
                    break;
                case Word.Return:
                    _share.Return(said.Count);
                    break;
                default:
                    _share.Dispose();
                    break;
            }
        }
#pragma warning disable CA1031 // a budget is users' code; one that throws grants nothing
        catch (Exception error)
#pragma warning restore CA1031
        {
            supervisor.Publish(new BudgetFailed(supervisor.Name, error));
        }
    }

    void Say(Said said)
    {
        _said.Enqueue(said);
        Schedule();
    }

    void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            supervisor.System.Dispatcher.Execute(this);
        }
    }

    enum Word
    {
        Want = 0,
        Return,
        Leave,
    }

    readonly record struct Said(Word Word, int Count);
}

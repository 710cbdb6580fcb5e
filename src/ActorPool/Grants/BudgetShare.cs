using System.Collections.Concurrent;
using ActorPool.Actors;
using ActorPool.Diagnostics;
using ActorPool.Errors;

namespace ActorPool.Grants;

/// <summary>
/// One member of a budget: its line to the <see cref="BudgetActor"/>, what the actor knows about it, and the queue of calls
/// to it. The calls run a user's code: on the dispatcher, one after the other, never in the budget's turn.
/// </summary>
sealed class BudgetShare(BudgetActor actor, string poolName, IBudgetMember member) : IBudgetShare, IThreadPoolWorkItem
{
    readonly ConcurrentQueue<BudgetCall> _calls = new();
    int _scheduled;
    int _told;
    bool _isDisposed;

    public string PoolName { get; } = poolName;

    // From here on the actor's: touched in its turns alone.

    /// <summary>Grants that it was given and has not returned.</summary>
    public int Held { get; set; }

    /// <summary>Grants that it would like to have in all.</summary>
    public int Wanted { get; set; }

    /// <summary>When it was last given one, as a number that grows with each grant.</summary>
    public long LastGrant { get; set; }

    /// <summary>Grants that it was asked for and has not returned yet.</summary>
    public int Asked { get; set; }

    /// <summary>When <see cref="Asked"/> is forgotten.</summary>
    public long AskedUntilMs { get; set; }

    /// <summary>Whether it did not return what it was last asked for: others are asked first.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Grants, or asks, that this turn has decided on and not told yet.</summary>
    public int Untold { get; set; }

    public void Want(int total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        Tell(BudgetRequest.Want, total);
    }

    public void Return(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (Volatile.Read(ref _isDisposed))
        {
            return;
        }

        var left = Interlocked.Add(ref _told, -count);
        if (left < 0)
        {
            Interlocked.Add(ref _told, count);
            throw GrantErrors.ReturnsTooMany(PoolName, count, left + count);
        }

        Tell(BudgetRequest.Return, count);
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            actor.Tell(new BudgetMessage(BudgetRequest.Leave, this));
        }
    }

    /// <summary>How many it was ordered to keep at most; null: there is no order.</summary>
    public int? RecalledTo { get; set; }

    /// <summary>From the actor's turn: tells the member what the turn has decided on.</summary>
    public void TellMember(BudgetCall call)
    {
        _calls.Enqueue(call);
        Schedule();
    }

    public void Execute()
    {
        while (_calls.TryDequeue(out var call))
        {
            if (!Volatile.Read(ref _isDisposed))
            {
                Call(call);
            }
        }

        // Free the flag, then look again: a call that was queued after the last look and saw the flag set is not lost.
        Interlocked.Exchange(ref _scheduled, 0);
        if (!_calls.IsEmpty)
        {
            Schedule();
        }
    }

    void Call(BudgetCall call)
    {
        try
        {
            switch (call.Kind)
            {
                case BudgetCallKind.Granted:
                    Interlocked.Add(ref _told, call.Count);
                    member.Granted(call.Count);
                    break;
                case BudgetCallKind.GiveBack:
                    member.GiveBack(call.Count);
                    break;
                default:
                    member.Recall(call.Count, call.Mode);
                    break;
            }
        }
#pragma warning disable CA1031 // a member's error is its own; the others still get their shares
        catch (Exception error)
#pragma warning restore CA1031
        {
            actor.System.Events.Publish(new BudgetMemberFailed(PoolName, error));
        }
    }

    void Tell(BudgetRequest request, int count)
    {
        if (!Volatile.Read(ref _isDisposed))
        {
            actor.Tell(new BudgetMessage(request, this, count));
        }
    }

    void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            actor.System.Dispatcher.Execute(this);
        }
    }
}

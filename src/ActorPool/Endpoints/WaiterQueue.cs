using ActorPool.Actors;

namespace ActorPool.Endpoints;

/// <summary>The waiters in order of arrival, as a list that any of them can leave.</summary>
sealed class WaiterQueue
{
    public int Count { get; private set; }

    public Waiter? First { get; private set; }

    Waiter? Last { get; set; }

    public void AddLast(Waiter waiter)
    {
        Begin(waiter);
        waiter.Previous = Last;
        if (Last is null)
        {
            First = waiter;
        }
        else
        {
            Last.Next = waiter;
        }

        Last = waiter;
    }

    /// <summary>Puts one at the head: it was served before, and its connection turned out dead.</summary>
    public void AddFirst(Waiter waiter)
    {
        Begin(waiter);
        waiter.Next = First;
        if (First is null)
        {
            Last = waiter;
        }
        else
        {
            First.Previous = waiter;
        }

        First = waiter;
    }

    /// <summary>Takes the first out; null if none waits.</summary>
    public Waiter? TakeFirst()
    {
        if (First is not { } first)
        {
            return null;
        }

        if (first.Next is { } second)
        {
            second.Previous = null;
            First = second;
        }
        else
        {
            First = null;
            Last = null;
        }

        first.Next = null;
        first.IsQueued = false;
        Count--;
        return first;
    }

    public void Remove(Waiter waiter)
    {
        Invariant.Check(waiter.IsQueued, "a waiter left the queue twice");
        if (waiter.Previous is null)
        {
            First = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            Last = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.Next = null;
        waiter.Previous = null;
        waiter.IsQueued = false;
        Count--;
    }

    void Begin(Waiter waiter)
    {
        Invariant.Check(!waiter.IsQueued, "a waiter was queued twice");
        waiter.IsQueued = true;
        Count++;
    }
}

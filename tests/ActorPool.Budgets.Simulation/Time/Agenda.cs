using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Time;

/// <summary>True time, which no node knows, and what will happen at which time. In ticks of 100 ns.</summary>
sealed class Agenda(Choices choices)
{
    readonly PriorityQueue<Entry, Due> _entries = new(256, DueOrder.Instance);
    long _number;

    public long Now { get; private set; }

    /// <summary>How many things have happened.</summary>
    public int Steps { get; private set; }

    /// <summary>Something happens after a while.</summary>
    public void After(long ticks, NodeProcess? owner, Action run) =>
        _entries.Enqueue(new Entry(owner, run), new Due(Now + Math.Max(0, ticks), choices.NextUInt32(), _number++));

    /// <summary>What happens next; false, and the time has come, if nothing does until then.</summary>
    public bool TryTake(long until, out Entry entry)
    {
        if (_entries.TryPeek(out entry, out var due) && due.At <= until)
        {
            _entries.Dequeue();
            Now = Math.Max(Now, due.At);
            Steps++;
            return true;
        }

        Now = Math.Max(Now, until);
        return false;
    }
}

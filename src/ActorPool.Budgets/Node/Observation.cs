using ActorPool.Budgets.Book;

namespace ActorPool.Budgets.Node;

/// <summary>Another node as this one sees it: since when, on this node's monotonic clock, it has said nothing new.</summary>
/// <param name="Entry">Its record, as it was last read.</param>
/// <param name="Since">When it was first read with this beat, and as fenced as it is.</param>
sealed record Observation(Entry<NodeRecord> Entry, TimeSpan Since)
{
    /// <summary>The node was read again.</summary>
    public Observation Seen(Entry<NodeRecord> entry, TimeSpan now) =>
        new(entry, IsSame(entry.Record) ? Since : now);

    bool IsSame(NodeRecord record) =>
        record.Client == Entry.Record.Client && record.Beat == Entry.Record.Beat && record.IsFenced == Entry.Record.IsFenced;
}

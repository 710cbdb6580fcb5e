namespace ActorPool.Dashboard.Details;

/// <summary>The last things that happened in one pool.</summary>
sealed class PoolJournal : IDisposable
{
    const int EntriesMax = 40;

    readonly LinkedList<JournalEntry> _entries = new();
    readonly TimeProvider _time;
    readonly IDisposable _subscription;

    public PoolJournal(IConnectionPool pool, TimeProvider time)
    {
        _time = time;
        Since = time.GetUtcNow();
        _subscription = pool.Subscribe(Hear);
    }

    public DateTimeOffset Since { get; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                var entries = _entries.ToArray();
                Array.Reverse(entries);
                return entries;
            }
        }
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>An endpoint that is away fails an open every second: that is one entry, not all there is.</summary>
    void Hear(PoolEvent happened)
    {
        if (JournalText.Of(happened, _time.GetUtcNow()) is not { } entry)
        {
            return;
        }

        lock (_entries)
        {
            if (entry.Sameness is not null && _entries.Last?.Value is { } last && last.Sameness == entry.Sameness)
            {
                entry = entry with { Times = last.Times + 1 };
                _entries.RemoveLast();
            }

            _entries.AddLast(entry);
            if (_entries.Count > EntriesMax)
            {
                _entries.RemoveFirst();
            }
        }
    }
}

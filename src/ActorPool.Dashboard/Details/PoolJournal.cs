namespace ActorPool.Dashboard.Details;

/// <summary>The last things that happened in one pool.</summary>
sealed class PoolJournal : IDisposable
{
    const int EntriesMax = 40;

    readonly Queue<JournalEntry> _entries = new();
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

    void Hear(PoolEvent happened)
    {
        if (JournalText.Of(happened) is not var (isTrouble, line, history))
        {
            return;
        }

        lock (_entries)
        {
            _entries.Enqueue(new JournalEntry(_time.GetUtcNow(), isTrouble, Text.Bounded(line, Text.ErrorMax), history));
            if (_entries.Count > EntriesMax)
            {
                _entries.Dequeue();
            }
        }
    }
}

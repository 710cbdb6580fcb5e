namespace ActorPool.Dashboard.Details;

/// <summary>
/// The journals of the pools that are in trouble or looked at closely. Not of all: with a thousand pools each event would be told
/// to a thousand subscribers.
/// </summary>
sealed class PoolJournals(Live.PoolSource pools, TimeProvider time)
{
    /// <summary>How many pools are watched at once; one more ends the one that was watched for longest without a look.</summary>
    public const int Max = 64;

    readonly Lock _lock = new();
    readonly Dictionary<long, PoolJournal> _journals = [];
    readonly LinkedList<long> _byUse = new();

    /// <summary>A pool's journal, which begins now if there was none.</summary>
    public PoolJournal Watch(long number, IConnectionPool pool)
    {
        lock (_lock)
        {
            if (!_journals.TryGetValue(number, out var journal))
            {
                if (_journals.Count == Max)
                {
                    Forget(_byUse.Last!.Value);
                }

                _journals[number] = journal = new PoolJournal(pool, time);
            }

            _byUse.Remove(number);
            _byUse.AddFirst(number);
            return journal;
        }
    }

    public PoolJournal Watch(IConnectionPool pool) => Watch(pools.NumberOf(pool), pool);

    public void Forget(long number)
    {
        lock (_lock)
        {
            if (_journals.Remove(number, out var journal))
            {
                _byUse.Remove(number);
                journal.Dispose();
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (var number in _byUse.ToArray())
            {
                Forget(number);
            }
        }
    }
}

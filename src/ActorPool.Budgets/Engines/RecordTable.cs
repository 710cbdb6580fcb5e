namespace ActorPool.Budgets.Engines;

/// <summary>
/// The records of all budgets as an engine has them that keeps them in memory, and what a transaction does to them. It gives the versions.
/// Not for several threads at once.
/// </summary>
/// <param name="incarnation">Which life of the engine this is.</param>
/// <param name="version">The last version that was ever given; the next one is above it.</param>
sealed class RecordTable(string incarnation, long version = 0)
{
    readonly Dictionary<string, SortedDictionary<string, GrantRecord>> _budgets = new(StringComparer.Ordinal);

    /// <summary>The last version that was given.</summary>
    public long Version { get; private set; } = version;

    /// <summary>The budgets that there are records of, or were.</summary>
    public IReadOnlyCollection<string> Budgets => _budgets.Keys;

    /// <summary>Whether it is one of them.</summary>
    public bool Knows(string budget) => _budgets.ContainsKey(budget);

    /// <summary>Compares, writes and reads.</summary>
    /// <param name="transaction">One that <see cref="TransactionRules"/> let through.</param>
    public GrantReply Apply(GrantTransaction transaction)
    {
        var records = Records(transaction.Budget);
        var isExpected = transaction.Writes.Count == 0 || IsExpected(transaction, records);
        var written = isExpected ? Write(transaction, records) : 0;
        return new GrantReply(isExpected, written, incarnation, Version, Read(transaction, records));
    }

    /// <summary>A budget's records, in the order of their keys.</summary>
    public IReadOnlyCollection<GrantRecord> Of(string budget) => Records(budget).Values;

    /// <summary>A budget's records are these from now on. Their versions must be below those that are given next.</summary>
    public void Load(string budget, IEnumerable<GrantRecord> records)
    {
        var loaded = Empty();
        foreach (var record in records)
        {
            loaded.Add(record.Key, record);
        }

        _budgets[budget] = loaded;
    }

    // Keys are ASCII: ordinal is the order of their bytes.
    static SortedDictionary<string, GrantRecord> Empty() => new(StringComparer.Ordinal);

    SortedDictionary<string, GrantRecord> Records(string budget)
    {
        if (!_budgets.TryGetValue(budget, out var records))
        {
            _budgets[budget] = records = Empty();
        }

        return records;
    }

    bool IsExpected(GrantTransaction transaction, SortedDictionary<string, GrantRecord> records) =>
        (transaction.Incarnation ?? incarnation) == incarnation
        && transaction.Expected.All(expectation => (records.GetValueOrDefault(expectation.Key)?.Version ?? 0) == expectation.Version);

    long Write(GrantTransaction transaction, SortedDictionary<string, GrantRecord> records)
    {
        if (transaction.Writes.Count == 0)
        {
            return 0;
        }

        Version++;
        foreach (var (key, value) in transaction.Writes)
        {
            if (value is null)
            {
                records.Remove(key);
            }
            else
            {
                records[key] = new GrantRecord(key, value, Version);
            }
        }

        return Version;
    }

    static GrantRecord[] Read(GrantTransaction transaction, SortedDictionary<string, GrantRecord> records)
    {
        if (transaction.ReadAll)
        {
            return [.. records.Values];
        }

        var read = transaction.Read.Select(key => records.GetValueOrDefault(key)).OfType<GrantRecord>();
        if (transaction.ReadAfter is { } after && transaction.ReadAfterCount > 0)
        {
            var inRing = records.Values.Where(record => record.Key.StartsWith(transaction.ReadAfterPrefix, StringComparison.Ordinal)).ToArray();
            read = read
                .Concat(inRing.Where(record => string.CompareOrdinal(record.Key, after) > 0)
                    .Concat(inRing.Where(record => string.CompareOrdinal(record.Key, after) < 0))
                    .Take(transaction.ReadAfterCount));
        }

        return [.. read.DistinctBy(static record => record.Key, StringComparer.Ordinal)];
    }
}

namespace ActorPool.Budgets.Simulation.Engine;

/// <summary>Everything an engine keeps, at one moment.</summary>
/// <param name="Records">In the order of their keys.</param>
/// <param name="Revision">How many writes have led to it.</param>
sealed record EngineState(GrantRecord[] Records, long Revision)
{
    public static EngineState Empty { get; } = new([], 0);

    /// <summary>A record; null if it is not there.</summary>
    public GrantRecord? Find(string key)
    {
        foreach (var record in Records)
        {
            if (string.Equals(record.Key, key, StringComparison.Ordinal))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The state after some writes.</summary>
    /// <param name="writes">Which.</param>
    /// <param name="version">What they are called.</param>
    public EngineState With(IReadOnlyList<GrantWrite> writes, long version)
    {
        var records = new List<GrantRecord>(Records.Length + writes.Count);
        records.AddRange(Records);
        foreach (var write in writes)
        {
            var index = 0;
            while (index < records.Count && string.CompareOrdinal(records[index].Key, write.Key) < 0)
            {
                index++;
            }

            if (index < records.Count && string.Equals(records[index].Key, write.Key, StringComparison.Ordinal))
            {
                records.RemoveAt(index);
            }

            if (write.Value is not null)
            {
                records.Insert(index, new GrantRecord(write.Key, write.Value, version));
            }
        }

        return new EngineState([.. records], Revision + 1);
    }

    /// <summary>The answer to what a transaction reads.</summary>
    public List<GrantRecord> Read(GrantTransaction transaction)
    {
        var answer = new List<GrantRecord>();
        if (transaction.ReadAll)
        {
            answer.AddRange(Records);
            return answer;
        }

        foreach (var key in transaction.Read)
        {
            Add(answer, Find(key));
        }

        if (transaction.ReadAfter is { } after)
        {
            ReadRing(transaction, after, answer);
        }

        return answer;
    }

    void ReadRing(GrantTransaction transaction, string after, List<GrantRecord> answer)
    {
        var left = transaction.ReadAfterCount;
        for (var round = 0; round < 2; round++)
        {
            foreach (var record in Records)
            {
                if (left == 0)
                {
                    return;
                }

                // First those behind it, then, from the beginning, those before it; the key itself comes last of all, if it is there.
                var isBehind = string.CompareOrdinal(record.Key, after) > 0;
                if (isBehind == (round == 0) && record.Key.StartsWith(transaction.ReadAfterPrefix, StringComparison.Ordinal))
                {
                    left--;
                    Add(answer, record);
                }
            }
        }
    }

    static void Add(List<GrantRecord> answer, GrantRecord? record)
    {
        if (record is not null && !answer.Contains(record))
        {
            answer.Add(record);
        }
    }
}

namespace ActorPool.Budgets.Simulation;

/// <summary>
/// What chance decides in one schedule: a stream of numbers (SplitMix64) made of the schedule's seed and a name. Options, each
/// incident and each node have streams of their own: an incident that is left out leaves the others' as they are, which is what
/// makes schedules short.
/// </summary>
sealed class Choices(ulong seed, ulong stream)
{
    ulong _state = Mix(seed ^ Mix(stream));

    /// <summary>At least 0 and below the bound.</summary>
    public int Next(int bound) => (int)((NextUInt32() * (ulong)(uint)bound) >> 32);

    /// <summary>At least the first, at most the second.</summary>
    public long Between(long least, long most) => least >= most ? least : least + (long)(NextDouble() * (most - least + 1));

    /// <summary>At least 0 and below 1.</summary>
    public double NextDouble() => NextUInt32() / 4294967296.0;

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int count) => Next(count) == 0;

    /// <summary>One of them.</summary>
    public TItem Pick<TItem>(IReadOnlyList<TItem> items) => items[Next(items.Count)];

    /// <summary>32 bits.</summary>
    public uint NextUInt32()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return (uint)(Mix(_state) >> 32);
    }

    static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

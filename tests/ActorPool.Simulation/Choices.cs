namespace ActorPool.Simulation;

/// <summary>
/// What chance decides in one schedule. Every step draws from a stream of its own, made of the schedule's seed and the step's
/// number (SplitMix64): a step that is left out leaves the others' as they are, which is what makes schedules short.
/// </summary>
/// <param name="seed">The schedule's.</param>
sealed class Choices(ulong seed)
{
    ulong _state;

    /// <summary>From here on the choices are those of this step.</summary>
    public void Begin(int step) => _state = Mix(seed ^ Mix((ulong)step));

    /// <summary>At least 0 and below the bound.</summary>
    public int Next(int bound) => (int)((NextUInt32() * (ulong)(uint)bound) >> 32);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int count) => Next(count) == 0;

    /// <summary>One of them.</summary>
    public TItem Pick<TItem>(List<TItem> items) => items[Next(items.Count)];

    /// <summary>Some whole milliseconds, from the least to the most.</summary>
    public TimeSpan Ms(int least, int most) => TimeSpan.FromMilliseconds(least + Next(most - least + 1));

    uint NextUInt32()
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

namespace ActorPool.TestKit;

/// <summary>
/// Randomness that repeats itself: the same seed gives the same numbers, on every machine and version of .NET (SplitMix64;
/// Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014). Print the seed of a failing test.
/// </summary>
/// <param name="seed">Any number.</param>
public sealed class SeededRandom(ulong seed) : IRandomSource
{
    ulong _state = seed;

    /// <summary>What it was made with.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>A number of at least 0 and below 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of at least 0 and below the bound.</summary>
    /// <param name="bound">Above 0.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(NextUInt64() % (uint)bound);
    }

    /// <summary>Any 64 bits.</summary>
    public ulong NextUInt64()
    {
        var z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

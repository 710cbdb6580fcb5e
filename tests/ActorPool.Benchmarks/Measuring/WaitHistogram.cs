using System.Diagnostics;
using System.Numerics;

namespace ActorPool.Benchmarks.Measuring;

/// <summary>
/// Waits by length, in buckets whose width is a fixed share of their place: no allocation per wait, and the same relative
/// error everywhere.
/// </summary>
sealed class WaitHistogram
{
    const int StepBits = 5;
    const int Steps = 1 << StepBits;

    readonly long[] _counts = new long[64 * Steps];

    /// <summary>How far a reported wait may be from the true one.</summary>
    public const double RelativeError = 1.0 / Steps;

    /// <summary>Adds one, in ticks of the stopwatch.</summary>
    public void Add(long ticks) => _counts[BucketOf(Math.Max(0, ticks))]++;

    /// <summary>Adds all of another's.</summary>
    public void Add(WaitHistogram other)
    {
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            _counts[bucket] += other._counts[bucket];
        }
    }

    /// <summary>
    /// The wait that a share of all waits does not exceed, in microseconds; not a number if there were none.
    /// </summary>
    public double Quantile(double share)
    {
        var left = (long)Math.Ceiling(_counts.Sum() * share);
        for (var bucket = 0; bucket < _counts.Length && left > 0; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0)
            {
                return EndOf(bucket) * 1e6 / Stopwatch.Frequency;
            }
        }

        return double.NaN;
    }

    static int BucketOf(long ticks)
    {
        if (ticks < Steps)
        {
            return (int)ticks;
        }

        // The leading bit chooses the power of two, the bits after it the step within.
        var shift = BitOperations.Log2((ulong)ticks) - StepBits;
        return ((shift + 1) * Steps) + (int)((ticks >> shift) - Steps);
    }

    static long EndOf(int bucket) =>
        bucket < Steps ? bucket : (long)(bucket % Steps + Steps + 1) << (bucket / Steps - 1);
}

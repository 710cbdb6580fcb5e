using System.Numerics;

namespace QuickStart;

/// <summary>
/// Counts times in buckets that are 3 % wide, so that millions of them take a few kilobytes. Any number of threads may
/// record at once.
/// </summary>
sealed class LatencyHistogram
{
    // 32 buckets for every doubling of the time
    const int StepBits = 5;

    readonly long[] _counts = new long[64 << StepBits];
    long _longestNs;

    public TimeSpan Longest => FromNs(Interlocked.Read(ref _longestNs));

    public void Record(TimeSpan time)
    {
        var ns = Math.Max(0, time.Ticks * TimeSpan.NanosecondsPerTick);
        Interlocked.Increment(ref _counts[BucketOf(ns)]);
        long longest;
        while (ns > (longest = Interlocked.Read(ref _longestNs)))
        {
            Interlocked.CompareExchange(ref _longestNs, ns, longest);
        }
    }

    /// <summary>The time that a share of all times does not exceed; zero if there are none.</summary>
    public TimeSpan Percentile(double share)
    {
        var left = (long)Math.Ceiling(_counts.Sum() * share);
        for (var bucket = 0; bucket < _counts.Length && left > 0; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0)
            {
                return FromNs(Math.Min(UpperNs(bucket), _longestNs));
            }
        }

        return TimeSpan.Zero;
    }

    static int BucketOf(long ns)
    {
        // the leading bit chooses the row, the next five the step in it
        var row = Math.Max(0, BitOperations.Log2((ulong)ns) - StepBits);
        return (row << StepBits) + (int)(ns >> row);
    }

    static double UpperNs(int bucket)
    {
        var row = Math.Max(0, (bucket >> StepBits) - 1);
        return (bucket - (row << StepBits) + 1) * Math.Pow(2, row);
    }

    static TimeSpan FromNs(double ns) => TimeSpan.FromTicks((long)(ns / TimeSpan.NanosecondsPerTick));
}

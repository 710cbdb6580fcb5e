using System.Diagnostics;

namespace QuickStart;

/// <summary>How fast a count rises.</summary>
sealed class RateMeter
{
    long _count;
    long _at = Stopwatch.GetTimestamp();

    /// <summary>Per second, since the last look.</summary>
    public double PerSecond(long count)
    {
        var now = Stopwatch.GetTimestamp();
        var rate = (count - _count) / Math.Max(0.001, Stopwatch.GetElapsedTime(_at, now).TotalSeconds);
        (_count, _at) = (count, now);
        return rate;
    }
}

using System.Diagnostics;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>Ticks of the stopwatch as times.</summary>
static class Ticks
{
    /// <summary>Milliseconds from one moment to another.</summary>
    public static double Ms(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}

using System.Diagnostics;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>Does something for a while, in batches, so that neither the clock nor the call is part of the figure.</summary>
static class Batches
{
    /// <summary>How much is done between two looks at the clock.</summary>
    public const int Size = 1024;

    /// <summary>Runs batches until the time is over.</summary>
    /// <param name="length">How long.</param>
    /// <param name="batch">Does it <see cref="Size"/> times.</param>
    /// <returns>Nanoseconds per time.</returns>
    public static double NsEach(TimeSpan length, Action batch)
    {
        var batches = 0L;
        var started = Stopwatch.GetTimestamp();
        TimeSpan took;
        do
        {
            batch();
            batches++;
            took = Stopwatch.GetElapsedTime(started);
        }
        while (took < length);
        return took.TotalNanoseconds / (batches * Size);
    }
}

using System.Diagnostics;
using ActorPool;

namespace QuickStart;

/// <summary>What there is to look at while it happens.</summary>
sealed record Day(Settings Settings, string Server, IConnectionPool<Stream> Pool, Tally Tally, BadDay? BadDay)
{
    readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public bool IsServerAway => BadDay is { IsServerAway: true };

    /// <summary>Connections beyond the first in each slot.</summary>
    public static long Replaced(PoolSnapshot snapshot) => Math.Max(0, snapshot.Opened - snapshot.MaxSize);
}

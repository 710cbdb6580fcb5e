using ActorPool.AkkaNet.Configuration;
using Akka.Actor;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>What <c>akka.actorpool.cluster { use { … }, snapshot { … } }</c> says.</summary>
/// <param name="UseTimeLimit">How long a request may take that says nothing of it.</param>
/// <param name="SnapshotTimeLimit">How long nodes are waited for.</param>
sealed record PoolClusterSettings(TimeSpan UseTimeLimit, TimeSpan SnapshotTimeLimit)
{
    public const string UseTimeLimitKey = $"{Section}.{UseTimeLimitName}";
    public const string SnapshotTimeLimitKey = $"{Section}.{SnapshotTimeLimitName}";

    const string Section = "akka.actorpool.cluster";
    const string UseTimeLimitName = "use.time-limit";
    const string SnapshotTimeLimitName = "snapshot.time-limit";

    /// <summary>How long a request may take, by itself or by the configuration.</summary>
    public static TimeRange UseRange { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));

    public static PoolClusterSettings Read(ActorSystem system)
    {
        var values = new ConfigValues(system.Settings.Config, Section);
        var settings = new PoolClusterSettings(
            values.Time(UseTimeLimitName, TimeSpan.FromSeconds(30), UseRange),
            values.Time(SnapshotTimeLimitName, TimeSpan.FromSeconds(2), new TimeRange(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1))));
        return values.Problems.Count == 0
            ? settings
            : throw new ArgumentException($"The cluster of pools cannot begin: {string.Join("; ", values.Problems)}.", nameof(system));
    }
}

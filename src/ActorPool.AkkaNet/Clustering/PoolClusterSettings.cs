using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace ActorPool.AkkaNet.Clustering;

/// <summary>What <c>akka.actorpool.cluster { use { … }, snapshot { … } }</c> says.</summary>
/// <param name="UseTimeLimit">How long a request may take that says nothing of it.</param>
/// <param name="SnapshotTimeLimit">How long nodes are waited for.</param>
sealed record PoolClusterSettings(TimeSpan UseTimeLimit, TimeSpan SnapshotTimeLimit)
{
    public const string UseTimeLimitKey = "akka.actorpool.cluster.use.time-limit";
    public const string SnapshotTimeLimitKey = "akka.actorpool.cluster.snapshot.time-limit";

    public static readonly TimeSpan UseMin = TimeSpan.FromMilliseconds(1);
    public static readonly TimeSpan UseMax = TimeSpan.FromDays(1);

    /// <summary>Whether a request's own limit is one.</summary>
    public static bool IsUseLimit([NotNullWhen(true)] TimeSpan? limit) => limit >= UseMin && limit <= UseMax;

    public static PoolClusterSettings Read(ActorSystem system)
    {
        var problems = new List<string>();
        var settings = new PoolClusterSettings(
            Time(UseTimeLimitKey, TimeSpan.FromSeconds(30), UseMin, UseMax),
            Time(SnapshotTimeLimitKey, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)));
        return problems.Count == 0 ? settings : throw new ArgumentException($"The cluster of pools cannot begin: {string.Join("; ", problems)}.", nameof(system));

        TimeSpan Time(string key, TimeSpan byDefault, TimeSpan min, TimeSpan max)
        {
            var time = system.Settings.Config.GetTimeSpan(key, byDefault);
            if (time < min || time > max)
            {
                problems.Add($"{key} is {time}: {min} to {max} is expected");
            }

            return time;
        }
    }
}

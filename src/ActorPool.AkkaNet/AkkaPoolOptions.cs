using ActorPool.AkkaNet.Configuration;
using Akka.Actor;

namespace ActorPool.AkkaNet;

/// <summary>What holds for pools as actors: <c>akka.actorpool { … }</c> in the system's configuration.</summary>
public sealed class AkkaPoolOptions
{
    AkkaPoolOptions(TimeSpan claimTimeout) => ClaimTimeout = claimTimeout;

    /// <summary>
    /// How long a lease that was granted by message may go unclaimed before it is taken back (<c>claim-timeout</c>; it may be a quarter more). Default 5 s; 10 ms to 1 h.
    /// </summary>
    public TimeSpan ClaimTimeout { get; }

    internal static AkkaPoolOptions Read(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(AkkaReference.Config);
        var values = new ConfigValues(system.Settings.Config, "akka.actorpool");
        var claimTimeout = values.Time("claim-timeout", TimeSpan.FromSeconds(5), new TimeRange(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)));
        return values.Problems.Count == 0
            ? new AkkaPoolOptions(claimTimeout)
            : throw new ArgumentException($"The pools cannot begin: {string.Join("; ", values.Problems)}.", nameof(system));
    }
}

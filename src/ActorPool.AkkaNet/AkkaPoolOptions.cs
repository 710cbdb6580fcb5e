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
        const string Key = "akka.actorpool.claim-timeout";
        var claimTimeout = system.Settings.Config.GetTimeSpan(Key, TimeSpan.FromSeconds(5));
        return claimTimeout >= TimeSpan.FromMilliseconds(10) && claimTimeout <= TimeSpan.FromHours(1)
            ? new AkkaPoolOptions(claimTimeout)
            : throw new ArgumentException($"{Key} is {claimTimeout}: 10 ms to 1 h is expected.", nameof(system));
    }
}

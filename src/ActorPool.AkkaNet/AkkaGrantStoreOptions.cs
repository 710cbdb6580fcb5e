using ActorPool.AkkaNet.Budgeting;
using Akka.Configuration;

namespace ActorPool.AkkaNet;

/// <summary>
/// How the members of a cluster keep the budgets' book. The same on every member: in HOCON <c>akka.actorpool.cluster { … }</c>, which is what is read where
/// none are given.
/// </summary>
public sealed class AkkaGrantStoreOptions
{
    /// <summary>
    /// The role of the members that keep the book; the others only use it. Default empty: all members. <c>akka.cluster.distributed-data.role</c> must be
    /// empty, or the same.
    /// </summary>
    public string Role { get; set; } = "";

    /// <summary>
    /// How many members of the role must have a change before it counts; 1 to 50, no default. A number for good, not a share of those who happen to be
    /// there: both sides of a split can have a majority of their own. At most <c>2 × QuorumSize − 1</c> members may have the role; with more nothing is
    /// granted. For three members 2, for five 3.
    /// </summary>
    public int QuorumSize { get; set; }

    /// <summary>How long the keeper waits for the other members of the role. Default 1 s; 10 ms to 1 minute.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node waits for the keeper, wherever that is at the moment. Default 3 s; the write timeout to 5 minutes.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Whether a system without a downing provider (<c>akka.cluster.downing-provider-class</c>) is refused at start. Default true. Without one nobody removes
    /// a member that has crashed, and the keeper never moves away from it. False for who downs members by hand.
    /// </summary>
    public bool RequireDowning { get; set; } = true;

    /// <summary>Reads <c>akka.actorpool.cluster</c>.</summary>
    /// <param name="config">The system's configuration.</param>
    /// <exception cref="ArgumentException">A value cannot be read: all problems are listed.</exception>
    public static AkkaGrantStoreOptions From(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return BudgetConfig.Read(config);
    }

    internal AkkaGrantStoreOptions Copy() => (AkkaGrantStoreOptions)MemberwiseClone();
}

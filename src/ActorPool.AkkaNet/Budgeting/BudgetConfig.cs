using ActorPool.AkkaNet.Configuration;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.DistributedData;

namespace ActorPool.AkkaNet.Budgeting;

/// <summary>What a system's configuration says of budgets, and what it must say.</summary>
static class BudgetConfig
{
    public const string Section = "akka.actorpool.cluster";

    const string QuorumSizeKey = "quorum-size";
    const int QuorumMax = 50;
    static readonly TimeRange WriteRange = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
    static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    public static Config Default() => AkkaReference.Config
        .WithFallback(DistributedData.DefaultConfig())
        .WithFallback(ClusterSingletonManager.DefaultConfig());

    /// <exception cref="ArgumentException">Something cannot be read; lists all problems, also those of what can.</exception>
    public static AkkaGrantStoreOptions Read(Config config)
    {
        var (values, made) = (new ConfigValues(config, Section), new AkkaGrantStoreOptions());
        var options = new AkkaGrantStoreOptions
        {
            Role = values.Text("role", made.Role),
            QuorumSize = values.Number(QuorumSizeKey, made.QuorumSize),
            WriteTimeout = values.Time("write-timeout", made.WriteTimeout),
            RequestTimeout = values.Time("request-timeout", made.RequestTimeout),
            RequireDowning = values.Switch("require-downing", made.RequireDowning),
        };
        if (values.Problems.Count > 0)
        {
            // What is not set because it cannot be read is said once.
            options.QuorumSize = values.IsWrong(QuorumSizeKey) ? 1 : options.QuorumSize;
            throw Unusable([.. values.Problems, .. Problems(options)], nameof(config));
        }

        return options;
    }

    /// <exception cref="ArgumentException">Lists all problems, each by its key.</exception>
    public static void Check(AkkaGrantStoreOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw Unusable(problems, nameof(options));
        }
    }

    /// <exception cref="InvalidOperationException">The system lacks something; lists all of it.</exception>
    public static void Check(ExtendedActorSystem system, AkkaGrantStoreOptions options)
    {
        if (system.Provider is not IClusterActorRefProvider)
        {
            throw new InvalidOperationException($"The actor system {system.Name} keeps no budgets: akka.actor.provider is not cluster.");
        }

        var problems = Problems(system, options).ToList();
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"The actor system {system.Name} keeps no budgets: {string.Join("; ", problems)}.");
        }
    }

    static ArgumentException Unusable(IEnumerable<string> problems, string parameter) =>
        new($"{Section} (AkkaGrantStoreOptions) cannot be used: {string.Join("; ", problems)}.", parameter);

    static IEnumerable<string> Problems(AkkaGrantStoreOptions options)
    {
        if (options.QuorumSize is < 1 or > QuorumMax)
        {
            yield return options.QuorumSize == 0
                ? "quorum-size is not set, must be 1 to 50: more than half of the members that may ever have the role at once"
                : $"quorum-size is {options.QuorumSize}, must be 1 to {QuorumMax}";
        }

        if (options.Role is null)
        {
            yield return "role is null";
        }

        if (WriteRange.ProblemOf("write-timeout", options.WriteTimeout) is { } write)
        {
            yield return write;
        }

        if (new TimeRange(options.WriteTimeout, LongestRequest).ProblemOf("request-timeout", options.RequestTimeout) is { } request)
        {
            yield return $"{request}, from the write-timeout on";
        }
    }

    static IEnumerable<string> Problems(ExtendedActorSystem system, AkkaGrantStoreOptions options)
    {
        var dataRole = system.Settings.Config.GetString("akka.cluster.distributed-data.role", "");
        if (dataRole.Length > 0 && dataRole != options.Role)
        {
            yield return $"akka.cluster.distributed-data.role is '{dataRole}', and {Section}.role is '{options.Role}': the first must be empty or the same, or members that keep budgets have no distributed data";
        }

        if (options.RequireDowning && Cluster.Get(system).DowningProvider is NoDowning)
        {
            yield return $"akka.cluster.downing-provider-class is empty: a member that crashed would never be removed, and the keeper of the budgets never move. Set Akka.Cluster.SBR.SplitBrainResolverProvider, or {Section}.require-downing = off if you down members by hand";
        }

        if (system.Serialization.FindSerializerForType(typeof(IKeeperMessage)) is not KeeperSerializer
            || system.Serialization.FindSerializerForType(typeof(IReplicatorMessage)).GetType().Assembly != typeof(DistributedData).Assembly)
        {
            yield return "its configuration lacks the serializers: add AkkaGrantStore.DefaultConfig() as its fallback, or call WithActorPoolBudget";
        }
    }
}

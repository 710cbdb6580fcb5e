using ActorPool.Hosting.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>The engines and fences that there are, by their names in the configuration.</summary>
sealed class BudgetParts
{
    const string Postgres = "postgres";
    const string Redis = "redis";

    public Dictionary<string, IBudgetPart<IGrantStore>> Engines { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [PostgresPart.Name] = new PostgresPart(),
        [EtcdPart.Name] = new EtcdPart(),
        [MemoryPart.Name] = new MemoryPart(),
    };

    public Dictionary<string, IBudgetPart<IGrantFence>> Fences { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [Postgres] = new PostgresFencePart(),
        [Redis] = new RedisFencePart(),
    };

    /// <summary>Which pools' connections a fence can end, by its name: those of one connector. What is not here ends all.</summary>
    public static IReadOnlyDictionary<string, string> ConnectorsOfFences { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [Postgres] = ConnectorNames.Database,
        [Redis] = ConnectorNames.Redis,
    };
}

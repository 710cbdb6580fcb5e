using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Running;

/// <summary>What the configuration says of one pool, to see whether that has changed.</summary>
/// <param name="Options">How it behaves: what is said of all pools, and of this one.</param>
/// <param name="Connector">What it connects to, and how, and in which budget.</param>
sealed record ConfiguredText(string Options, string Connector)
{
    /// <summary>What it says now.</summary>
    /// <param name="section">The section of all pools.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="connectors">The names of connectors' objects.</param>
    public static ConfiguredText Of(IConfigurationSection section, string pool, IReadOnlyCollection<string> connectors)
    {
        var all = section.GetChildren().Where(static child => OptionName.Normal(child.Key) is not ("pools" or "hosting"));
        var parts = all.Concat(section.GetSection($"pools:{pool}").GetChildren()).ToLookup(child => IsOfConnectors(child.Key, connectors));
        return new ConfiguredText(TextOf(parts[false]), TextOf(parts[true]));
    }

    // beside pools are the defaults of what stands in connectors' objects, too
    static bool IsOfConnectors(string key, IReadOnlyCollection<string> connectors) =>
        OptionName.Normal(key) is "tls" or "replicas" or "directory" or BudgetNames.Budget or BudgetNames.Budgets || connectors.Any(name => OptionName.Normal(name) == OptionName.Normal(key));

    static string TextOf(IEnumerable<IConfigurationSection> sections) => string.Join('\n', sections
        .SelectMany(static section => section.AsEnumerable())
        .Where(static pair => pair.Value is not null)
        .Select(static pair => $"{pair.Key}={pair.Value}")
        .Order(StringComparer.Ordinal));
}

using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Budgeting;

/// <summary>
/// Knows the budgets over many machines that an application has. ActorPool.Budgets brings one; without it a configuration that
/// names a budget is refused.
/// </summary>
interface IBudgetCatalog
{
    /// <summary>Tells what is wrong with the budgets that the configuration has, and with their names in pools.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="pools">The pools that are configured, with their connectors.</param>
    /// <param name="problems">Where problems go.</param>
    void Check(IConfigurationSection actorpool, IReadOnlyList<PoolEntry> pools, ConfigurationProblems problems);

    /// <summary>The name of a pool's budget; null if it has none.</summary>
    /// <param name="actorpool">The section; null if nothing is configured.</param>
    /// <param name="pool">The pool's name.</param>
    string? NameOf(IConfigurationSection? actorpool, string pool);

    /// <summary>Makes a budget, which begins to join at once.</summary>
    /// <param name="provider">The services.</param>
    /// <param name="actorpool">The section; null if nothing is configured.</param>
    /// <param name="name">The budget's name in this application.</param>
    /// <exception cref="PoolConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There is no such budget.</exception>
    HostedBudget Make(IServiceProvider provider, IConfigurationSection? actorpool, string name);
}

using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Hosting.Tests.Budgeting;

/// <summary>Knows the budgets whose names the configuration's pools have, as texts.</summary>
sealed class ScriptedCatalog : IBudgetCatalog
{
    /// <summary>What connections of budgets must call themselves.</summary>
    public string? ClientName { get; init; }

    /// <summary>Those that were made.</summary>
    public List<ScriptedBudget> Made { get; } = [];

    /// <summary>How often the configuration was checked.</summary>
    public int Checks { get; private set; }

    public static ScriptedCatalog AddTo(IServiceCollection services, string? clientName = null)
    {
        var catalog = new ScriptedCatalog { ClientName = clientName };
        ActorPoolServiceCollectionExtensions.TableOf(services).Budgets = catalog;
        return catalog;
    }

    public void Check(IConfigurationSection actorpool, IReadOnlyList<PoolEntry> pools, ConfigurationProblems problems) => Checks++;

    public string? NameOf(IConfigurationSection? actorpool, string pool) => actorpool is null ? null : BudgetNames.In(actorpool, pool).Value;

    public HostedBudget Make(IServiceProvider provider, IConfigurationSection? actorpool, string name)
    {
        var budget = new ScriptedBudget(name, provider.GetRequiredService<PoolRuntime>());
        Made.Add(budget);
        return new HostedBudget(budget, ClientName);
    }
}

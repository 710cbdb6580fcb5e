using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Budgeting;

/// <summary>Where a configuration speaks of budgets.</summary>
static class BudgetNames
{
    /// <summary>In a pool's object: the name of a budget, or an object with one of its own. Beside <c>pools</c>: the defaults of all.</summary>
    public const string Budget = "budget";

    /// <summary>Beside <c>pools</c>: the budgets, each an object under its name.</summary>
    public const string Budgets = "budgets";

    /// <summary>Where a pool says which budget it has.</summary>
    public static IConfigurationSection In(IConfigurationSection actorpool, string pool) => actorpool.GetSection($"pools:{pool}:{Budget}");

    /// <summary>Tells that nobody knows budgets, if the configuration has one: once, however many there are.</summary>
    public static void Refuse(IConfigurationSection actorpool, ConfigurationProblems problems)
    {
        var named = actorpool.GetSection("pools").GetChildren().Select(pool => In(actorpool, pool.Key))
            .Prepend(actorpool.GetSection(Budgets))
            .FirstOrDefault(static section => !string.IsNullOrEmpty(section.Value) || section.GetChildren().Any());
        if (named is not null)
        {
            problems.Add(
                named.Path,
                "is for budgets over many machines, which this application does not know: call services.AddActorPoolBudget() of the package ActorPool.Budgets");
        }
    }
}

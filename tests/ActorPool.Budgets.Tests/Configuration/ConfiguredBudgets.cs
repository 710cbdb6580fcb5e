using ActorPool.Budgets.Configuration;
using ActorPool.Hosting;
using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Tests.Configuration;

/// <summary>Reads budgets as an application does.</summary>
static class ConfiguredBudgets
{
    public static IConfigurationSection Section(string hocon) =>
        new ConfigurationBuilder().AddHoconString($"actorpool {{\n{hocon}\n}}").Build().GetSection("actorpool");

    /// <summary>What is wrong with a configuration, a line each, without the places.</summary>
    public static string[] Problems(string hocon, Action<BudgetsBuilder>? configure = null) =>
        [.. Lines(Section(hocon), configure).Select(static line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])];

    /// <summary>What is wrong with a configuration, a line each.</summary>
    public static string[] Lines(IConfigurationSection section, Action<BudgetsBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddActorPoolBudget(configure);
        var table = ActorPoolServiceCollectionExtensions.TableOf(services);
        table.Section = section;
        var problems = new ConfigurationProblems(section);
        table.ReadSection(problems);
        return [.. problems.All.Select(static problem => problem.ToString())];
    }

    /// <summary>One budget that has no problem.</summary>
    public static ConfiguredBudget Read(string hocon, string key) => Read(Section(hocon), key);

    public static ConfiguredBudget Read(IConfigurationSection section, string key)
    {
        var problems = new ConfigurationProblems(section);
        var budgets = new BudgetsSection(section, new BudgetParts());
        var configured = budgets.Read(key, budgets.Find(key)!, problems);
        Assert.Empty(problems.All);
        return configured;
    }
}

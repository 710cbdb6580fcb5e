using ActorPool.Budgets.Options;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>
/// Reads what a configuration says of budgets: <c>budgets { … }</c> beside the pools, <c>budget { … }</c> in a pool's object, which is
/// one of its own, and <c>budget { … }</c> beside the pools, the defaults of all.
/// </summary>
/// <param name="actorpool">The section.</param>
/// <param name="parts">The engines and fences that there are.</param>
sealed class BudgetsSection(IConfigurationSection actorpool, BudgetParts parts)
{
    const string None = "none";

    IConfigurationSection Defaults => actorpool.GetSection(BudgetNames.Budget);

    /// <summary>Where budgets are, by their keys. A key that is there twice is a problem of <see cref="Check"/>.</summary>
    public IEnumerable<(string Key, IConfigurationSection Section)> Places =>
    [
        .. actorpool.GetSection(BudgetNames.Budgets).GetChildren().Select(static budget => (budget.Key, budget)),
        .. from pool in actorpool.GetSection("pools").GetChildren()
           let own = BudgetNames.In(actorpool, pool.Key)
           where own.GetChildren().Any()
           select (pool.Key, own),
    ];

    /// <summary>The name of a pool's budget; null if the configuration gives it none.</summary>
    public string? NameOf(string pool)
    {
        var section = BudgetNames.In(actorpool, pool);
        return section.GetChildren().Any() ? pool : string.IsNullOrWhiteSpace(section.Value) ? null : section.Value.Trim();
    }

    /// <summary>Where a budget is; null if there is none of that key.</summary>
    public IConfigurationSection? Find(string key) =>
        Places.FirstOrDefault(place => string.Equals(place.Key, key, StringComparison.OrdinalIgnoreCase)).Section;

    /// <summary>Tells what is wrong with all of it.</summary>
    /// <param name="pools">The pools that are configured.</param>
    /// <param name="coded">The names of budgets that code has added.</param>
    /// <param name="problems">Where problems go.</param>
    public void Check(IReadOnlyList<PoolEntry> pools, IEnumerable<string> coded, ConfigurationProblems problems)
    {
        ReadOptions(new BudgetEntry { Key = "", Section = Defaults }, new OptionReading(problems));
        if (actorpool.GetSection(BudgetNames.Budgets) is { Value: { Length: > 0 } } budgets)
        {
            problems.Add(budgets.Path, "is a value: an object with a budget under each name is expected");
        }

        var known = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in coded)
        {
            known[name] = null;
        }

        foreach (var (key, section) in Places)
        {
            if (!known.TryAdd(key, FenceOf(Read(key, section, problems).Entry)))
            {
                problems.Add(section.Path, $"is a budget named {key}, and there is another of that name");
            }
        }

        foreach (var pool in actorpool.GetSection("pools").GetChildren())
        {
            CheckPool(pool.Key, pools.FirstOrDefault(entry => entry.Name == pool.Key), known, problems);
        }
    }

    /// <summary>Reads one budget.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="section">Its object.</param>
    /// <param name="problems">Where problems go; with any the answer must not be used.</param>
    public ConfiguredBudget Read(string key, IConfigurationSection section, ConfigurationProblems problems)
    {
        var entry = new BudgetEntry { Key = key, Section = section };
        var reading = new OptionReading(problems, actorpool);
        entry.Options.Name = key;
        ReadOptions(entry, reading, Defaults);
        ReadOptions(entry, reading, section);
        OptionRules.Add(BudgetOptionsValidator.FindProblems(entry.Options), reading, section.Path);
        return new ConfiguredBudget(entry, ReadEngine(entry, reading, problems), ReadFence(entry, problems));
    }

    void CheckPool(string pool, PoolEntry? entry, Dictionary<string, string?> known, ConfigurationProblems problems)
    {
        if (NameOf(pool) is not { } name)
        {
            return;
        }

        var section = BudgetNames.In(actorpool, pool);
        if (!known.TryGetValue(name, out var fence))
        {
            problems.Add(section.Path, $"is {name}, and there is no such budget{NearestName.Hint(name, known.Keys)}");
        }
        else if (fence is not null && entry is not null && BudgetParts.ConnectorsOfFences.TryGetValue(fence, out var connector) && entry.ConnectorName != connector)
        {
            problems.Add(
                section.Path,
                $"is {name}, whose fence ({fence}) ends connections of {connector} pools alone: it would not find those of a {entry.ConnectorName} pool, and call them gone");
        }
    }

    void ReadOptions(BudgetEntry entry, OptionReading reading, IConfigurationSection? section = null) =>
        BudgetEntryTable.Table.Read(section ?? entry.Section, entry, reading, [.. parts.Engines.Keys]);

    Func<IServiceProvider, IGrantStore?, IGrantStore>? ReadEngine(BudgetEntry entry, OptionReading reading, ConfigurationProblems problems)
    {
        if (parts.Engines.TryGetValue(entry.Engine, out var engine))
        {
            return engine.Read(new PartPlace(entry, entry.Section.GetSection(entry.Engine), Defaults.GetSection(entry.Engine), actorpool), problems);
        }

        if (entry.Engine.Length == 0)
        {
            problems.Add(entry.Section.Path, $"has no engine: engine = {string.Join(" or engine = ", parts.Engines.Keys)} is needed");
        }
        else
        {
            problems.Add(
                reading.KeyOf(BudgetEntryTable.Engine) ?? entry.Section.Path,
                $"is {entry.Engine}, and there is no such engine{NearestName.Hint(entry.Engine, parts.Engines.Keys)}");
        }

        return null;
    }

    Func<IServiceProvider, IGrantStore?, IGrantFence>? ReadFence(BudgetEntry entry, ConfigurationProblems problems)
    {
        if (FenceOf(entry) is not { } name)
        {
            return null;
        }

        var section = entry.Fence!;
        if (parts.Fences.TryGetValue(name, out var fence))
        {
            return fence.Read(new PartPlace(entry, section.GetSection(name), section.GetSection(name), actorpool), problems);
        }

        problems.Add(section.Path, section.GetChildren().Skip(1).Any()
            ? "has several objects: a budget has one fence"
            : $"is {name}, and there is no such fence{NearestName.Hint(name, parts.Fences.Keys.Append(None))}");
        return null;
    }

    // a word, or an object with one object in it
    static string? FenceOf(BudgetEntry entry)
    {
        var children = entry.Fence?.GetChildren().Select(static child => child.Key).ToList() ?? [];
        var name = children.Count > 0 ? string.Join(", ", children) : entry.Fence?.Value?.Trim();
        return string.IsNullOrEmpty(name) || string.Equals(name, None, StringComparison.OrdinalIgnoreCase) ? null : name;
    }
}

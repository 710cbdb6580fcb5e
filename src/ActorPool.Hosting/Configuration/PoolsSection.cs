using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads the whole of <c>actorpool { … }</c>: the defaults of all pools, and each pool.</summary>
static class PoolsSection
{
    const string Pools = "pools";

    /// <summary>The pools that are configured, in the order in which configuration has them: by name.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="connectors">The connectors that there are: <see cref="ConnectorNames.All"/> and those that the application has registered.</param>
    /// <param name="problems">Where problems go. A pool with a problem may be missing in what is returned.</param>
    public static IReadOnlyList<PoolEntry> Read(
        IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        // once for itself, so that its mistakes are told even if there is no pool
        PoolOptionTable.Table.Read(actorpool, new PoolOptions(), new OptionReading(problems), [Pools, .. connectors]);
        var section = actorpool.GetSection(Pools);
        if (!string.IsNullOrEmpty(section.Value))
        {
            problems.Add(section.Path, $"is {ShownText.Of(section.Value)}: an object with a pool under each name is expected");
        }

        return [.. section.GetChildren().Select(pool => ReadPool(actorpool, pool, connectors, problems)).OfType<PoolEntry>()];
    }

    static PoolEntry? ReadPool(
        IConfigurationSection actorpool, IConfigurationSection pool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        var reading = new OptionReading(problems);
        var chosen = ChooseConnector(pool, connectors, problems);
        var options = PoolDefaults.Of(chosen?.Name);
        PoolOptionTable.Table.Read(actorpool, options, reading, [Pools, .. connectors]);
        options.Name = pool.Key;
        PoolOptionTable.Table.Read(pool, options, reading, connectors);
        PoolOptionsReader.Check(pool, options, reading);
        return chosen is not var (name, section) ? null : new PoolEntry(
            pool.Key, name, pool, section, actorpool.GetSection(name), options, KindOf(section));
    }

    static (string Name, IConfigurationSection Section)? ChooseConnector(
        IConfigurationSection pool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        List<(string Name, IConfigurationSection Section)> given =
        [
            .. from child in pool.GetChildren()
               let name = connectors.FirstOrDefault(name => OptionName.Normal(name) == OptionName.Normal(child.Key))
               where name is not null
               select (name, child),
        ];
        if (given.Count == 1)
        {
            return given[0];
        }

        problems.Add(pool.Path, given.Count == 0
            ? $"has no connector: it needs one of the objects {string.Join(", ", connectors)}"
            : $"has {given.Count} connectors ({string.Join(", ", given.Select(static one => one.Name))}): a pool has one");
        return null;
    }

    static PoolKind KindOf(IConfigurationSection connector) =>
        connector.GetChildren().Any(static child => OptionName.Normal(child.Key) == "directory") ? PoolKind.Directory
        : connector.GetChildren().Any(static child => OptionName.Normal(child.Key) == "endpoints") ? PoolKind.Replicas
        : PoolKind.Single;
}

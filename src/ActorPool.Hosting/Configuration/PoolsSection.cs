using System.Data.Common;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;
using ActorPool.Hosting.Pools;
using ActorPool.Http;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads the whole of <c>actorpool { … }</c>: the defaults of all pools, and each pool.</summary>
static class PoolsSection
{
    const string Pools = "pools";
    const string Hosting = "hosting";

    /// <summary>The pools that are configured, in the order in which configuration has them: by name.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="connectors">The connectors that there are: <see cref="ConnectorNames.All"/> and those that the application has registered.</param>
    /// <param name="problems">Where problems go. A pool without a connector is missing in what is returned.</param>
    /// <param name="code">What code says of pools; null for nothing.</param>
    public static IReadOnlyList<PoolEntry> Read(
        IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, IPoolCode? code = null)
    {
        CheckDefaults(actorpool, connectors, problems);
        var pools = actorpool.GetSection(Pools);
        if (!string.IsNullOrEmpty(pools.Value))
        {
            problems.Add(pools.Path, $"is {ShownText.Of(pools.Value)}: an object with a pool under each name is expected");
        }

        return [.. pools.GetChildren().Select(pool => Read(actorpool, pool.Key, connectors, problems, code)).OfType<PoolEntry>()];
    }

    /// <summary>One pool that is configured; null if that does not say with which connector.</summary>
    public static PoolEntry? Read(
        IConfigurationSection actorpool, string name, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, IPoolCode? code)
    {
        var pool = actorpool.GetSection($"{Pools}:{name}");
        var connector = ChooseConnector(pool, connectors, problems, isNeeded: code?.HasConnector(name) != true);
        return ReadPool(actorpool, pool, connector, connectors, problems, code) is var (options, reading) && connector is var (kind, section)
            ? new PoolEntry
            {
                Name = name,
                ConnectorName = kind,
                Kind = KindOf(section, problems),
                Options = options,
                Section = pool,
                ConnectorSection = section,
                Defaults = actorpool,
                Reading = reading,
            }
            : null;
    }

    /// <summary>The options of one pool that has its connector from code.</summary>
    public static PoolOptions ReadOptions(
        IConfigurationSection actorpool, string name, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, IPoolCode code) =>
        ReadPool(actorpool, actorpool.GetSection($"{Pools}:{name}"), connector: null, connectors, problems, code).Options;

    /// <summary>What the host does with the pools: <c>hosting { … }</c> beside them.</summary>
    public static void ReadHosting(IConfigurationSection actorpool, ActorPoolOptions options, ConfigurationProblems problems) =>
        HostingOptionTable.Table.Read(actorpool.GetSection(Hosting), options, new OptionReading(problems));

    /// <summary>Tells what is wrong with the defaults even if no pool uses them.</summary>
    static void CheckDefaults(IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        var options = new PoolOptions();
        var name = options.Name;
        var reading = new OptionReading(problems, actorpool);
        PoolOptionTable.Table.Read(actorpool, options, reading, BesideOptions(connectors));
        if (options.Name != name)
        {
            problems.Add($"{actorpool.Path}:name", $"would name all pools alike: a pool's name is its key under {Pools}, or the name in its object");
        }

        ReadHosting(actorpool, new ActorPoolOptions(), problems);
        TlsOptionTable.Table.Read(actorpool.GetSection("tls"), new TlsOptions(), reading);
        ReplicaOptionTable<object>.Table.Read(actorpool.GetSection("replicas"), new ReplicaGroupOptions<object>(), reading);
        DirectoryOptionTable.Table.Read(actorpool.GetSection("directory"), new PoolDirectoryOptions(), reading);
        TcpEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Tcp), new TcpEntry(), reading);
        RedisEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Redis), new RedisEntry(), reading);
        DatabaseEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Database), new DatabaseEntry(), reading);
        HttpOptionTable.Table.Read(actorpool.GetSection(ConnectorNames.Http), new HttpPoolOptions(), reading);
    }

    static (PoolOptions Options, OptionReading Reading) ReadPool(
        IConfigurationSection actorpool,
        IConfigurationSection pool,
        (string Name, IConfigurationSection Section)? connector,
        IReadOnlyCollection<string> connectors,
        ConfigurationProblems problems,
        IPoolCode? code)
    {
        PoolOptions Begin() => connector?.Name == ConnectorNames.Http ? new HttpPoolOptions().Pool : new PoolOptions();
        var options = code?.Begin(pool.Key, Begin) ?? Begin();
        var reading = new OptionReading(problems, actorpool);
        PoolOptionTable.Table.Read(actorpool, options, reading, BesideOptions(connectors));
        options.Name = pool.Key;
        code?.Configure(pool.Key, options);
        if (connector is (ConnectorNames.Redis, var redis))
        {
            RedisEntryTable.ApplyUrl(actorpool.GetSection(ConnectorNames.Redis), options);
            RedisEntryTable.ApplyUrl(redis, options);
        }

        PoolOptionTable.Table.Read(pool, options, reading, connectors);
        OptionRules.Add(options.FindProblems(), reading, pool.Path);
        return (options, reading);
    }

    static (string Name, IConfigurationSection Section)? ChooseConnector(
        IConfigurationSection pool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, bool isNeeded)
    {
        List<(string Name, IConfigurationSection Section)> given =
        [
            .. from child in pool.GetChildren()
               let name = connectors.FirstOrDefault(name => OptionName.Normal(name) == OptionName.Normal(child.Key))
               where name is not null
               select (name, child),
        ];
        if (!isNeeded)
        {
            foreach (var (name, section) in given)
            {
                problems.Add(section.Path, $"is a connector ({name}), but code has given this pool one already");
            }

            return null;
        }

        if (given.Count == 1)
        {
            return given[0];
        }

        if (given.Count > 1)
        {
            problems.Add(pool.Path, $"has {given.Count} connectors ({string.Join(", ", given.Select(static one => one.Name))}): a pool has one");
        }
        else if (string.IsNullOrEmpty(pool.Value))
        {
            // a text in place of the object is a problem of its own
            problems.Add(pool.Path, $"has no connector: it needs one of the objects {string.Join(", ", connectors)}");
        }

        return null;
    }

    static PoolKind KindOf(IConfigurationSection connector, ConfigurationProblems problems)
    {
        var isDirectory = connector.GetChildren().Any(static child => OptionName.Normal(child.Key) == "directory");
        var isGroup = connector.GetChildren().Any(static child => OptionName.Normal(child.Key) == "endpoints");
        if (isDirectory && isGroup)
        {
            problems.Add(connector.Path, "has endpoints and a directory: replicas are known beforehand, a directory's endpoints are not");
        }

        return isDirectory ? PoolKind.Directory : isGroup ? PoolKind.Replicas : PoolKind.Single;
    }

    static string[] BesideOptions(IReadOnlyCollection<string> connectors) => [Pools, Hosting, BudgetNames.Budgets, "tls", "replicas", "directory", .. connectors];
}

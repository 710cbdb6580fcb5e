using System.Data.Common;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Configuration.Values;
using ActorPool.Http;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads the whole of <c>actorpool { … }</c>: the defaults of all pools, and each pool.</summary>
static class PoolsSection
{
    const string Pools = "pools";

    /// <summary>The pools that are configured, in the order in which configuration has them: by name.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="connectors">The connectors that there are: <see cref="ConnectorNames.All"/> and those that the application has registered.</param>
    /// <param name="problems">Where problems go. A pool without a connector is missing in what is returned.</param>
    public static IReadOnlyList<PoolEntry> Read(
        IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        ReadDefaults(actorpool, connectors, problems);
        var pools = actorpool.GetSection(Pools);
        if (!string.IsNullOrEmpty(pools.Value))
        {
            problems.Add(pools.Path, $"is {ShownText.Of(pools.Value)}: an object with a pool under each name is expected");
        }

        return [.. pools.GetChildren().Select(pool => ReadPool(actorpool, pool, connectors, problems)).OfType<PoolEntry>()];
    }

    /// <summary>Tells what is wrong with the defaults even if no pool uses them.</summary>
    static void ReadDefaults(IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        var options = new PoolOptions();
        var name = options.Name;
        var reading = new OptionReading(problems, actorpool);
        PoolOptionTable.Table.Read(actorpool, options, reading, BesideOptions(connectors));
        if (options.Name != name)
        {
            problems.Add($"{actorpool.Path}:name", $"would name all pools alike: a pool's name is its key under {Pools}, or the name in its object");
        }

        TlsOptionTable.Table.Read(actorpool.GetSection("tls"), new TlsOptions(), reading);
        ReplicaOptionTable<object>.Table.Read(actorpool.GetSection("replicas"), new ReplicaGroupOptions<object>(), reading);
        DirectoryOptionTable.Table.Read(actorpool.GetSection("directory"), new PoolDirectoryOptions(), reading);
        TcpEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Tcp), new TcpEntry(), reading);
        RedisEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Redis), new RedisEntry(), reading);
        DatabaseEntryTable.Table.Read(actorpool.GetSection(ConnectorNames.Database), new DatabaseEntry(), reading);
        HttpOptionTable.Table.Read(actorpool.GetSection(ConnectorNames.Http), new HttpPoolOptions(), reading);
    }

    static PoolEntry? ReadPool(
        IConfigurationSection actorpool, IConfigurationSection pool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems)
    {
        var connector = ChooseConnector(pool, connectors, problems);
        var options = connector?.Name == ConnectorNames.Http ? new HttpPoolOptions().Pool : new PoolOptions();
        var reading = new OptionReading(problems, actorpool);
        PoolOptionTable.Table.Read(actorpool, options, reading, BesideOptions(connectors));
        options.Name = pool.Key;
        if (connector is (ConnectorNames.Redis, var redis))
        {
            RedisEntryTable.ApplyUrl(actorpool.GetSection(ConnectorNames.Redis), options);
            RedisEntryTable.ApplyUrl(redis, options);
        }

        PoolOptionTable.Table.Read(pool, options, reading, connectors);
        PoolOptionsReader.Check(pool, options, reading);
        return connector is not var (name, section) ? null : new PoolEntry
        {
            Name = pool.Key,
            ConnectorName = name,
            Kind = KindOf(section, problems),
            Options = options,
            Section = pool,
            ConnectorSection = section,
            Defaults = actorpool,
            Reading = reading,
        };
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

    static string[] BesideOptions(IReadOnlyCollection<string> connectors) => [Pools, "tls", "replicas", "directory", .. connectors];
}

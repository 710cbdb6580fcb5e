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
    const string Hosting = "hosting";

    /// <summary>The pools that are configured, in the order in which configuration has them: by name.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="connectors">The connectors that there are: <see cref="ConnectorNames.All"/> and those that the application has registered.</param>
    /// <param name="problems">Where problems go. A pool with neither a connector nor code is missing in what is returned.</param>
    /// <param name="coded">What code says of a pool of a name: then it needs no connector here. Null as its answer for nothing.</param>
    public static IReadOnlyList<PoolEntry> Read(
        IConfigurationSection actorpool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, Func<string, CodedPool?>? coded = null)
    {
        CheckDefaults(actorpool, connectors, problems);
        var pools = actorpool.GetSection(Pools);
        if (!string.IsNullOrEmpty(pools.Value))
        {
            problems.Add(pools.Path, $"is {ShownText.Of(pools.Value)}: an object with a pool under each name is expected");
        }

        return [.. pools.GetChildren().Select(pool => ReadPool(actorpool, pool, connectors, problems, coded?.Invoke(pool.Key))).OfType<PoolEntry>()];
    }

    /// <summary>Sets what is said of all pools, for one that is not configured itself.</summary>
    /// <param name="actorpool">The section.</param>
    /// <param name="options">What to set; its name stays.</param>
    /// <param name="reading">Where problems go. They have been told by <see cref="Read"/> already.</param>
    /// <param name="connectors">The connectors that there are.</param>
    public static void ReadDefaults(IConfigurationSection actorpool, PoolOptions options, OptionReading reading, IReadOnlyCollection<string> connectors)
    {
        var name = options.Name;
        PoolOptionTable.Table.Read(actorpool, options, reading, BesideOptions(connectors));
        options.Name = name;
    }

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

    static PoolEntry? ReadPool(
        IConfigurationSection actorpool, IConfigurationSection pool, IReadOnlyCollection<string> connectors, ConfigurationProblems problems, CodedPool? coded)
    {
        var given = ConnectorsOf(pool, connectors);
        var (connector, section) = given.Count > 0 ? given[0] : ("", pool.GetSection(""));
        if (given.Count > 1)
        {
            problems.Add(pool.Path, $"has {given.Count} connectors ({string.Join(", ", given.Select(static one => one.Name))}): a pool has one");
        }
        else if (given.Count == 0 && coded is null && string.IsNullOrEmpty(pool.Value))
        {
            problems.Add(pool.Path, $"has no connector: it needs one of the objects {string.Join(", ", connectors)}");
        }

        var options = coded?.Basis.Copy() ?? (connector == ConnectorNames.Http ? new HttpPoolOptions().Pool : new PoolOptions());
        options.Name = pool.Key;
        var reading = new OptionReading(problems, actorpool);
        ReadDefaults(actorpool, options, reading, connectors);
        coded?.Configure(options);
        if (connector == ConnectorNames.Redis)
        {
            RedisEntryTable.ApplyUrl(actorpool.GetSection(connector), options);
            RedisEntryTable.ApplyUrl(section, options);
        }

        PoolOptionTable.Table.Read(pool, options, reading, connectors);
        PoolOptionsReader.Check(pool, options, reading);
        return given.Count > 1 || (given.Count == 0 && coded is null) ? null : new PoolEntry
        {
            Name = pool.Key,
            ConnectorName = connector,
            Kind = KindOf(section, problems),
            Options = options,
            Section = pool,
            ConnectorSection = section,
            Defaults = actorpool,
            Reading = reading,
        };
    }

    static List<(string Name, IConfigurationSection Section)> ConnectorsOf(IConfigurationSection pool, IReadOnlyCollection<string> connectors) =>
    [
        .. from child in pool.GetChildren()
           let name = connectors.FirstOrDefault(name => OptionName.Normal(name) == OptionName.Normal(child.Key))
           where name is not null
           select (name, child),
    ];

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

    static string[] BesideOptions(IReadOnlyCollection<string> connectors) => [Pools, Hosting, "tls", "replicas", "directory", .. connectors];
}

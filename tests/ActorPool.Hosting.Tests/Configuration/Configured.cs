using System.Text;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Pools;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Tests.Configuration;

/// <summary>Reads configuration as the application does: the pools, then each connector's object.</summary>
sealed class Configured
{
    Configured(IReadOnlyList<PoolEntry> pools, Dictionary<string, object> connectors, ConfigurationProblems problems)
    {
        Pools = pools.ToDictionary(pool => pool.Name, StringComparer.OrdinalIgnoreCase);
        Connectors = connectors;
        Lines = [.. problems.All.Select(problem => problem.ToString())];
    }

    public Dictionary<string, PoolEntry> Pools { get; }

    /// <summary>What the readers of connectors' objects made of them, by the pools' names.</summary>
    public Dictionary<string, object> Connectors { get; }

    /// <summary>The problems, a line each.</summary>
    public string[] Lines { get; }

    /// <summary>Reads JSON, which may have comments.</summary>
    public static Configured Json(string text) =>
        Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text))).Build());

    /// <summary>Reads HOCON.</summary>
    public static Configured Hocon(string text) => Read(new ConfigurationBuilder().AddHoconString(text).Build());

    /// <summary>Reads a file of HOCON.</summary>
    public static Configured HoconFile(string folder, string name) =>
        Read(new ConfigurationBuilder().SetBasePath(folder).AddHoconFile(name).Build());

    /// <summary>Reads keys below <c>actorpool</c> and their values.</summary>
    public static Configured Keys(params (string Key, string? Value)[] values) => Keys(code: null, values);

    /// <summary>Reads keys below <c>actorpool</c> and their values, of pools of which code says something too.</summary>
    public static Configured Keys(IPoolCode? code, params (string Key, string? Value)[] values) => Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create("actorpool:" + value.Key, value.Value))).Build(),
        code);

    public static Configured Read(IConfiguration configuration, IPoolCode? code = null)
    {
        var problems = new ConfigurationProblems(configuration);
        var pools = PoolsSection.Read(configuration.GetSection("actorpool"), [.. ConnectorNames.All, "imap"], problems, code);
        var connectors = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var pool in pools)
        {
            connectors[pool.Name] = pool.ConnectorName switch
            {
                ConnectorNames.Tcp => TcpReader.Read(pool, problems),
                ConnectorNames.Redis => RedisReader.Read(pool, problems),
                ConnectorNames.Http => HttpReader.Read(pool, problems),
                ConnectorNames.Database => DatabaseReader.Read(pool, problems),
                _ => pool.ConnectorSection,
            };
        }

        return new Configured(pools, connectors, problems);
    }

    /// <summary>What a connector's object says of a pool that has no problem.</summary>
    public TConnector Connector<TConnector>(string pool)
    {
        Assert.Empty(Lines);
        return Assert.IsType<TConnector>(Connectors[pool]);
    }
}

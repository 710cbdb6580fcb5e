using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Redis;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads a pool's <c>redis { … }</c>.</summary>
static class RedisReader
{
    /// <summary>What it says. If there are problems it must not be used.</summary>
    public static RedisEntry Read(PoolEntry pool, ConfigurationProblems problems)
    {
        var entry = new RedisEntry();
        var reading = new OptionReading(problems, pool.Defaults);
        reading.ReadDefaults("Tcp", entry.Connection.Tcp, TcpOptionTable.Sockets, [.. TcpEntryTable.Table.Keys]);
        ConnectorReader.ReadRouted(pool, entry, RedisEntryTable.Table, ReplicaOptionTable<RedisConnection>.Table, reading);
        ConnectorReader.RefuseTargets(
            pool, reading, nameof(RedisOptions.Host), nameof(RedisOptions.Port), nameof(RedisOptions.UnixSocket));
        var section = pool.ConnectorSection.Path;
        OptionRules.Add(entry.Connection.Problems(), reading, section);
        OptionRules.Add(
            from problem in entry.Connection.Tcp.Problems(overUnixSocket: entry.Connection.UnixSocket is not null)
            select problem.StartsWith("Tls", StringComparison.Ordinal) ? problem : $"Tcp.{problem}",
            reading,
            section);
        return entry;
    }
}

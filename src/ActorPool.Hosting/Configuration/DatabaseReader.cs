using System.Data.Common;
using ActorPool.Hosting.Configuration.Tables;

namespace ActorPool.Hosting.Configuration;

/// <summary>Reads a pool's <c>database { … }</c>.</summary>
static class DatabaseReader
{
    /// <summary>What it says. If there are problems it must not be used.</summary>
    public static DatabaseEntry Read(PoolEntry pool, ConfigurationProblems problems)
    {
        var entry = new DatabaseEntry();
        var reading = new OptionReading(problems, pool.Defaults);
        ConnectorReader.ReadRouted(pool, entry, DatabaseEntryTable.Table, ReplicaOptionTable<DbConnection>.Table, reading);
        var section = pool.ConnectorSection.Path;
        OptionRules.Add(entry.Connector.Problems(), reading, section);
        if (string.IsNullOrWhiteSpace(entry.Provider))
        {
            problems.Add(section, "has no provider: the name of one such as Npgsql is needed");
        }

        if (pool.Kind == PoolKind.Single && reading.KeyOf(nameof(entry.ConnectionString)) is null)
        {
            problems.Add(section, "does not say where to connect to: a connection-string, endpoints or a directory is needed");
        }

        if (entry.Directory is { } directory)
        {
            directory.DefaultCredentials ??= entry.Login.ToProvider();
        }
        else
        {
            pool.Options.Credentials = entry.Login.ToProvider() ?? pool.Options.Credentials;
        }

        return entry;
    }
}

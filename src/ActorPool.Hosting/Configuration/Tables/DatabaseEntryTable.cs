using System.Data.Common;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What a pool's <c>database { … }</c> may say.</summary>
static class DatabaseEntryTable
{
    public static readonly OptionTable<DatabaseEntry> Table = new OptionTable<DatabaseEntry>(ConnectorNames.Database, PoolOptionTable.Table.Knows)
        .Text(nameof(DatabaseEntry.Provider), static (entry, value) => entry.Provider = value)
        .Value(nameof(DatabaseEntry.ConnectionString), ValueKinds.ConnectionString, static (entry, value) => entry.ConnectionString = value)
        .With(static entry => entry.Login, LoginOptionTable.Table)
        .With(static entry => entry.Connector, DbConnectorOptionTable.Table)
        .Routed(ReplicaOptionTable<DbConnection>.Table);
}

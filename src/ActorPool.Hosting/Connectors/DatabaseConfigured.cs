using System.Data.Common;
using ActorPool.Data;
using ActorPool.Data.Connecting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Connectors;

/// <summary><c>database { … }</c></summary>
/// <param name="providers">Those that the application has named, by their names.</param>
sealed class DatabaseConfigured(IReadOnlyDictionary<string, DbProviderFactory> providers) : RoutedConnector<DatabaseEntry, DbConnection>
{
    protected override DatabaseEntry ReadEntry(PoolEntry entry, ConfigurationProblems problems)
    {
        var read = DatabaseReader.Read(entry, problems);
        if (!string.IsNullOrWhiteSpace(read.Provider) && Find(read.Provider) is null)
        {
            problems.Add(
                $"{entry.ConnectorSection.Path}:provider",
                $"is {ShownText.Of(read.Provider)}, which nobody has named: pools.AddDatabaseProvider(\"Npgsql\", NpgsqlFactory.Instance) names one"
                + NearestName.Hint(read.Provider, providers.Keys));
        }

        return read;
    }

    protected override void SetClientName(DatabaseEntry read, string clientName) =>
        read.ConnectionString = ConnectionStrings.WithApplicationName(Find(read.Provider)!, read.ConnectionString, clientName);

    protected override IConnector<DbConnection> Connect(IServiceProvider provider, DatabaseEntry read) =>
        new DbConnector(Find(read.Provider)!, read.ConnectionString, read.Connector);

    protected override IConnector<DbConnection> Connect(IServiceProvider provider, DatabaseEntry read, Endpoint address, string name) =>
        DbConnector.ForEndpoint(Find(read.Provider)!, read.ConnectionString, address, read.Connector);

    protected override void AddSingle(PoolsBuilder pools, PoolEntry entry, Func<IServiceProvider, DatabaseEntry> read) => pools.AddDatabase(
        entry.Name,
        (provider, options, runtime) =>
        {
            var database = read(provider);
            return PooledDbDataSource.Create(Find(database.Provider)!, database.ConnectionString, options, database.Connector, runtime);
        },
        isConfigured: true);

    protected override void AddDirectory(PoolsBuilder pools, PoolEntry entry, Func<IServiceProvider, DatabaseEntry> read) => pools.AddDatabases(
        entry.Name,
        (provider, options, runtime) =>
        {
            var database = read(provider);
            database.Directory!.Pool = options;
            var common = new DatabaseDirectoryOptions
            {
                ConnectionString = database.ConnectionString,
                Connector = database.Connector,
                Directory = database.Directory,
            };
            return new DatabaseDirectory(Find(database.Provider)!, common, runtime);
        },
        isConfigured: true);

    DbProviderFactory? Find(string name) => providers.TryGetValue(name, out var known) ? known
        : DbProviderFactories.TryGetFactory(name, out var registered) ? registered
        : null;
}

using System.Data.Common;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>What tests on a real PostgreSQL have in common.</summary>
[Collection(CommonPostgres.Name)]
public abstract class PostgresTest(SharedPostgres postgres)
{
    protected SharedPostgres Postgres { get; } = postgres;

    protected string ConnectionString => Postgres.Server.ConnectionString;

    /// <summary>A pooled data source of Npgsql on the shared server.</summary>
    protected PooledDbDataSource Source(int maxSize = 1, DbConnectorOptions? options = null, string extra = "", Action<PoolOptions>? configure = null)
    {
        var pool = new PoolOptions { MaxSize = maxSize, AcquireTimeout = TimeSpan.FromSeconds(10), DrainTimeout = TimeSpan.Zero };
        configure?.Invoke(pool);
        return PooledDbDataSource.Create(NpgsqlFactory.Instance, ConnectionString + ";" + extra, pool, options);
    }

    protected static async Task<T> AskAsync<T>(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    protected static async Task DoAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    protected static Task<int> PidAsync(DbConnection connection) => AskAsync<int>(connection, "SELECT pg_backend_pid()");

    /// <summary>Which server process a lease of the pool is served by now.</summary>
    protected static async Task<int> PidAsync(PooledDbDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await PidAsync(connection);
    }

    /// <summary>A table of its own, empty.</summary>
    protected async Task<string> TableAsync()
    {
        var name = $"t{Guid.NewGuid():N}";
        await Postgres.AskAsync<object>($"CREATE TABLE {name} (id int PRIMARY KEY, name text NOT NULL DEFAULT ''); SELECT 1");
        return name;
    }

    protected Task<long> RowsAsync(string table) => Postgres.AskAsync<long>($"SELECT count(*) FROM {table}");
}

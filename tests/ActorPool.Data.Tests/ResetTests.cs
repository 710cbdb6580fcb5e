using System.Data.Common;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>What a holder leaves behind does not reach the next one.</summary>
public sealed class ResetTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    const string Locks = "SELECT count(*)::int FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'";

    [SkippableTheory]
    [InlineData("BEGIN")]
    [InlineData("SELECT 1; begin; SELECT 2")]
    [InlineData("/* why */ START TRANSACTION ISOLATION LEVEL SERIALIZABLE")]
    [InlineData("-- why\nBegin")]
    public async Task A_transaction_begun_by_text_is_rolled_back(string begin)
    {
        await using var source = Source();
        var table = await TableAsync();
        int pid;
        await using (var connection = await source.OpenConnectionAsync())
        {
            pid = await PidAsync(connection);
            await DoAsync(connection, begin);
            await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
        }

        Assert.Equal(pid, await PidAsync(source));
        Assert.Equal("idle", await Postgres.AskAsync<string>($"SELECT state FROM pg_stat_activity WHERE pid = {pid}"));
        Assert.Equal(0, await RowsAsync(table));
    }

    [SkippableFact]
    public async Task A_failed_transaction_begun_by_text_is_rolled_back_too()
    {
        await using var source = Source();
        int pid;
        await using (var connection = await source.OpenConnectionAsync())
        {
            pid = await PidAsync(connection);
            await DoAsync(connection, "BEGIN");
            await Assert.ThrowsAsync<PostgresException>(() => DoAsync(connection, "SELECT 1/0"));
        }

        Assert.Equal(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task Without_a_reset_what_text_began_stays_and_what_the_api_began_does_not()
    {
        await using var source = Source(options: new DbConnectorOptions { Reset = DbReset.None });
        await using (var connection = await source.OpenConnectionAsync())
        {
            await connection.BeginTransactionAsync();
            await DoAsync(connection, "SELECT pg_advisory_xact_lock(1)");
        }

        await using (var connection = await source.OpenConnectionAsync())
        {
            Assert.Equal(0, await AskAsync<int>(connection, Locks));
            await DoAsync(connection, "BEGIN; SELECT pg_advisory_xact_lock(2)");
        }

        await using (var connection = await source.OpenConnectionAsync())
        {
            Assert.NotEqual(0, await AskAsync<int>(connection, Locks));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_reset_clears_settings_temporary_tables_locks_and_listeners(bool prepared)
    {
        await using var source = Source(options: new DbConnectorOptions { Reset = DbReset.Session });
        int pid;
        await using (var connection = await source.OpenConnectionAsync())
        {
            pid = await PidAsync(connection);
            if (prepared)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT 1";
                await command.PrepareAsync();
            }

            await DoAsync(connection, "SET search_path = pg_catalog; CREATE TEMP TABLE mine (x int); LISTEN news; SELECT pg_advisory_lock(77)");
            await DoAsync(connection, "BEGIN");
        }

        await using (var connection = await source.OpenConnectionAsync())
        {
            Assert.Equal(pid, await PidAsync(connection));
            Assert.Equal("\"$user\", public", await AskAsync<string>(connection, "SHOW search_path"));
            Assert.False(await AskAsync<bool>(connection, "SELECT to_regclass('mine') IS NOT NULL"));
            Assert.Equal(0, await AskAsync<long>(connection, "SELECT count(*) FROM pg_listening_channels()"));
            Assert.Equal(0, await AskAsync<long>(connection, "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'"));
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("Max Auto Prepare=10;Auto Prepare Min Usages=2")]
    public async Task Prepared_statements_survive_a_session_reset(string extra)
    {
        await using var source = Source(options: new DbConnectorOptions { Reset = DbReset.Session }, extra: extra);
        for (var i = 0; i < 5; i++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1 + 1";
            if (extra.Length == 0)
            {
                await command.PrepareAsync();
            }

            Assert.Equal(2, await command.ExecuteScalarAsync());
        }

        await using var last = await source.OpenConnectionAsync();
        Assert.Equal(1, await AskAsync<long>(last, "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 1 + 1'"));
    }

    [SkippableFact]
    public async Task Nobody_waits_for_a_session_reset_while_another_connection_is_idle()
    {
        await using var source = Source(maxSize: 2, options: new DbConnectorOptions { Reset = DbReset.Session, SessionResetSql = "SELECT pg_advisory_lock(4711); SELECT pg_advisory_unlock(4711)" });
        await source.Pool.WarmUpAsync(2);
        await using var blocker = new global::Npgsql.NpgsqlConnection(ConnectionString + ";Pooling=false");
        await blocker.OpenAsync();
        await DoAsync(blocker, "SELECT pg_advisory_lock(4711)");

        var first = await source.OpenConnectionAsync();
        var pid = await PidAsync(first);
        await first.DisposeAsync();
        Assert.Equal(1, source.Pool.Snapshot().Connections.Count(connection => connection.State == SlotState.Resetting));

        await using var second = await source.OpenConnectionAsync();
        Assert.NotEqual(pid, await PidAsync(second));
        var third = source.OpenConnectionAsync();
        Assert.False(third.IsCompleted);
        await DoAsync(blocker, "SELECT pg_advisory_unlock(4711)");
        await using var served = await third;
        Assert.Equal(pid, await PidAsync(served));
    }

    [SkippableFact]
    public async Task A_reset_that_fails_closes_the_connection()
    {
        await using var source = Source(options: new DbConnectorOptions { Reset = DbReset.Session, SessionResetSql = "SELECT 1/0" });
        var pid = await PidAsync(source);
        Assert.NotEqual(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task A_copy_under_way_at_return_is_not_the_next_holders()
    {
        await using var source = Source();
        var table = await TableAsync();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var copy = await connection.Unwrap<global::Npgsql.NpgsqlConnection>().BeginBinaryImportAsync($"COPY {table} (id) FROM STDIN BINARY");
        await copy.StartRowAsync();
        await copy.WriteAsync(1);
        await connection.DisposeAsync();

        await using var next = await source.OpenConnectionAsync();
        Assert.NotEqual(pid, await PidAsync(next));
        Assert.Equal(0, await RowsAsync(table));
    }

    [SkippableTheory]
    [InlineData("BEGIN")]
    [InlineData("SELECT 1")]
    public async Task What_was_done_to_the_inner_connection_is_looked_for_at_return(string sql)
    {
        await using var source = Source();
        var table = await TableAsync();
        int pid;
        await using (var connection = await source.OpenConnectionAsync())
        {
            pid = await PidAsync(connection);
            await DoAsync(connection.InnerConnection, sql);
            await DoAsync(connection.InnerConnection, $"INSERT INTO {table} VALUES (1)");
        }

        Assert.Equal(pid, await PidAsync(source));
        Assert.Equal(sql == "BEGIN" ? 0 : 1, await RowsAsync(table));
    }

    [SkippableFact]
    public async Task A_connector_in_a_pool_of_its_own_cleans_what_it_cannot_see()
    {
        await using var inner = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var pool = ConnectionPool.Create(new DbConnector(inner), new PoolOptions { MaxSize = 1 });
        int pid;
        await using (var lease = await pool.AcquireAsync())
        {
            pid = await PidAsync(lease.Connection);
            await DoAsync(lease.Connection, "BEGIN; SELECT pg_advisory_xact_lock(5)");
        }

        await using (var lease = await pool.AcquireAsync())
        {
            Assert.Equal(pid, await PidAsync(lease.Connection));
            Assert.Equal(0, await AskAsync<int>(lease.Connection, Locks));
        }
    }
}

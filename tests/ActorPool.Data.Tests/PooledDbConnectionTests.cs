using System.Data;
using System.Data.Common;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>Connections that are leases: opened, used, closed, and used wrongly.</summary>
public sealed class PooledDbConnectionTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    [SkippableFact]
    public async Task Close_and_dispose_return_the_connection_and_the_next_open_gets_it()
    {
        await using var source = Source();
        var first = await source.OpenConnectionAsync();
        var pid = await PidAsync(first);
        Assert.Equal(1, source.Pool.Snapshot().Leased);
        await first.CloseAsync();
        await first.CloseAsync();
        Assert.Equal(0, source.Pool.Snapshot().Leased);

        using (var second = source.OpenConnection())
        {
            Assert.Equal(pid, await PidAsync(second));
            await first.DisposeAsync();
            await first.DisposeAsync();
            Assert.Equal(1, source.Pool.Snapshot().Leased);
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task A_closed_connection_may_be_opened_again_and_has_a_new_lease_a_disposed_one_may_not()
    {
        await using var source = Source();
        using var connection = source.CreateConnection();
        var states = new List<ConnectionState>();
        connection.StateChange += (_, change) => states.Add(change.CurrentState);
        Assert.Equal(ConnectionState.Closed, connection.State);
        for (var i = 0; i < 2; i++)
        {
            connection.Open();
            Assert.Equal(ConnectionState.Open, connection.State);
            Assert.Equal(1, await AskAsync<int>(connection, "SELECT 1"));
            Assert.Throws<InvalidOperationException>(connection.Open);
            connection.Close();
        }

        Assert.Equal([ConnectionState.Open, ConnectionState.Closed, ConnectionState.Open, ConnectionState.Closed], states);
        connection.Dispose();
        Assert.Throws<ObjectDisposedException>(connection.Open);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connection.OpenAsync());
        Assert.Throws<ObjectDisposedException>(() => connection.CreateCommand());
    }

    [SkippableFact]
    public async Task Whatever_was_made_before_a_close_cannot_touch_the_connection_of_the_next_holder()
    {
        await using var source = Source();
        var old = await source.OpenConnectionAsync();
        var command = old.CreateCommand();
        command.CommandText = "SELECT pg_sleep(0)";
        command.ExecuteNonQuery();
        var transaction = await old.BeginTransactionAsync();
        await old.CloseAsync();

        await using var next = await source.OpenConnectionAsync();
        await using var open = await next.BeginTransactionAsync();
        Assert.Throws<InvalidOperationException>(() => command.ExecuteNonQuery());
        await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteScalarAsync());
        Assert.Throws<InvalidOperationException>(() => command.ExecuteReader());
        Assert.Throws<InvalidOperationException>(transaction.Commit);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.RollbackAsync());
        Assert.Null(transaction.Connection);
        Assert.Throws<InvalidOperationException>(() => old.InnerConnection);
        Assert.Throws<InvalidOperationException>(() => old.BeginTransaction());
        transaction.Dispose();
        command.Cancel();
        command.Dispose();
        old.Dispose();

        Assert.Equal(1, await AskAsync<int>(next, "SELECT 1"));
        await open.CommitAsync();
    }

    [SkippableFact]
    public async Task A_command_that_was_made_before_its_connection_was_opened_executes_on_every_lease()
    {
        await using var source = Source();
        using var connection = source.CreateConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT @number + 1";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "number";
        parameter.Value = 41;
        command.Parameters.Add(parameter);
        Assert.IsType<NpgsqlParameter>(parameter);
        Assert.Throws<InvalidOperationException>(() => command.ExecuteScalar());
        for (var i = 0; i < 2; i++)
        {
            connection.Open();
            command.Prepare();
            Assert.Equal(42, command.ExecuteScalar());
            connection.Close();
        }
    }

    [SkippableFact]
    public async Task Readers_and_parameters_are_the_providers_own_and_its_connection_is_reachable()
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync();
        Assert.IsType<global::Npgsql.NpgsqlConnection>(connection.InnerConnection);
        Assert.NotEqual(0, connection.Unwrap<global::Npgsql.NpgsqlConnection>().ProcessID);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1; SELECT 2";
        await using (var reader = await command.ExecuteReaderAsync())
        {
            Assert.IsType<NpgsqlDataReader>(reader);
            Assert.True(await reader.ReadAsync());
            Assert.True(await reader.NextResultAsync());
        }

        using (var reader = command.ExecuteReader())
        {
            Assert.IsType<NpgsqlDataReader>(reader);
        }

        Assert.Same(connection, command.Connection);
        Assert.Equal("15", connection.ServerVersion.Split('.')[0]);
        Assert.Same(NpgsqlFactory.Instance, DbProviderFactories.GetFactory(connection));
        Assert.NotEmpty(connection.GetSchema("Tables").Columns);
        Assert.NotEmpty((await connection.GetSchemaAsync("Databases")).Rows);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_that_closes_its_connection_returns_the_lease_and_does_not_close_the_connection(bool async)
    {
        await using var source = Source();
        var pid = await PidAsync(source);
        var connection = source.OpenConnection();
        var command = connection.CreateCommand();
        command.CommandText = "SELECT generate_series(1, 3)";
        var reader = async
            ? await command.ExecuteReaderAsync(CommandBehavior.CloseConnection)
            : command.ExecuteReader(CommandBehavior.CloseConnection);
        var sum = 0;
        while (async ? await reader.ReadAsync() : reader.Read())
        {
            sum += reader.GetInt32(0);
        }

        Assert.Equal(6, sum);
        Assert.Equal(1, source.Pool.Snapshot().Leased);
        if (async)
        {
            await reader.DisposeAsync();
        }
        else
        {
            reader.Close();
        }

        Assert.True(reader.IsClosed);
        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(pid, await PidAsync(source));

        await using var next = await source.OpenConnectionAsync();
        reader.Dispose();
        Assert.ThrowsAny<InvalidOperationException>(() => reader.Read());
        Assert.Equal(ConnectionState.Open, next.State);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_left_open_is_closed_and_does_not_read_the_next_holders_rows(bool async)
    {
        await using var source = Source();
        var connection = source.OpenConnection();
        var command = connection.CreateCommand();
        command.CommandText = "SELECT generate_series(1, 1000)";
        var reader = async ? await command.ExecuteReaderAsync() : command.ExecuteReader();
        Assert.True(reader.Read());
        if (async)
        {
            await connection.CloseAsync();
        }
        else
        {
            connection.Close();
        }

        Assert.True(reader.IsClosed);
        await using var next = await source.OpenConnectionAsync();
        await using var query = next.CreateCommand();
        query.CommandText = "SELECT 7";
        await using var rows = await query.ExecuteReaderAsync();
        Assert.ThrowsAny<InvalidOperationException>(() => reader.Read());
        Assert.True(await rows.ReadAsync());
        Assert.Equal(7, rows.GetInt32(0));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transaction_left_open_is_rolled_back_on_the_same_connection(bool async)
    {
        await using var source = Source();
        var table = await TableAsync();
        var connection = source.OpenConnection();
        var pid = await PidAsync(connection);
        _ = async ? await connection.BeginTransactionAsync() : connection.BeginTransaction();
        await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
        if (async)
        {
            await connection.DisposeAsync();
        }
        else
        {
            connection.Dispose();
        }

        // Without waiting: a lock of the transaction would hold this up.
        await Postgres.AskAsync<int>($"DO $$ BEGIN LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE NOWAIT; END $$; SELECT 1");
        Assert.Equal(0, await RowsAsync(table));
        Assert.Equal(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task Transactions_commit_roll_back_and_have_savepoints()
    {
        await using var source = Source();
        var table = await TableAsync();
        await using var connection = await source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable))
        {
            Assert.Same(connection, transaction.Connection);
            Assert.Equal(IsolationLevel.Serializable, transaction.IsolationLevel);
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            Assert.Same(transaction, command.Transaction);
            command.CommandText = $"INSERT INTO {table} VALUES (1)";
            await command.ExecuteNonQueryAsync();
            await transaction.SaveAsync("here");
            command.CommandText = $"INSERT INTO {table} VALUES (2)";
            await command.ExecuteNonQueryAsync();
            await transaction.RollbackAsync("here");
            transaction.Save("there");
            transaction.Release("there");
            await transaction.CommitAsync();
        }

        using (var transaction = connection.BeginTransaction())
        {
            await DoAsync(connection, $"INSERT INTO {table} VALUES (3)");
            transaction.Rollback();
        }

        Assert.Equal(1, await RowsAsync(table));
    }

    [SkippableFact]
    public async Task Batches_work_with_the_providers_own_commands()
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync();
        Assert.True(connection.CanCreateBatch);
        await using var batch = connection.CreateBatch();
        foreach (var text in new[] { "SELECT 1", "SELECT 2" })
        {
            var command = batch.CreateBatchCommand();
            Assert.IsType<NpgsqlBatchCommand>(command);
            command.CommandText = text;
            batch.BatchCommands.Add(command);
        }

        await using (var reader = await batch.ExecuteReaderAsync())
        {
            Assert.True(await reader.ReadAsync());
            Assert.Equal(1, reader.GetInt32(0));
            Assert.True(await reader.NextResultAsync());
            Assert.True(await reader.ReadAsync());
            Assert.Equal(2, reader.GetInt32(0));
        }

        Assert.Equal(1, batch.ExecuteScalar());
        await connection.CloseAsync();
        Assert.Throws<InvalidOperationException>(() => batch.ExecuteNonQuery());
    }

    [SkippableFact]
    public async Task Commands_and_batches_of_the_data_source_itself_lease_for_as_long_as_they_execute()
    {
        await using var source = Source();
        await using (var command = source.CreateCommand("SELECT 5"))
        {
            Assert.Equal(5, await command.ExecuteScalarAsync());
            Assert.Equal(0, source.Pool.Snapshot().Leased);
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            Assert.Equal(1, source.Pool.Snapshot().Leased);
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        await using (var batch = source.CreateBatch())
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = "SELECT 6";
            batch.BatchCommands.Add(command);
            Assert.Equal(6, await batch.ExecuteScalarAsync());
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
    }

    [SkippableFact]
    public async Task A_connection_closed_under_a_command_that_executes_does_not_reach_the_next_holder()
    {
        await using var source = Source();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_sleep(60)";
        var executing = command.ExecuteNonQueryAsync();
        await connection.CloseAsync();

        Assert.NotEqual(pid, await PidAsync(source));
        await Assert.ThrowsAnyAsync<Exception>(() => executing);
    }

    [SkippableFact]
    public async Task A_connection_that_is_moved_to_another_database_is_not_pooled()
    {
        await using var source = Source();
        var connection = await source.OpenConnectionAsync();
        await connection.ChangeDatabaseAsync("template1");
        Assert.Equal("template1", connection.Database);
        Assert.Equal("template1", await AskAsync<string>(connection, "SELECT current_database()::text"));
        await connection.CloseAsync();
        Assert.Equal("postgres", connection.Database);
        await using var next = await source.OpenConnectionAsync();
        Assert.Equal("postgres", await AskAsync<string>(next, "SELECT current_database()::text"));
    }
}

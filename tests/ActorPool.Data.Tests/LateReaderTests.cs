using System.Data;
using System.Data.Common;
using ActorPool.Data.Tests.Fakes;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>Who touches his reader after his lease has ended touches nobody else's rows. Npgsql uses one reader object for all commands of a connection.</summary>
public sealed class LateReaderTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    public enum End
    {
        Close,
        CloseAsync,
        Dispose,
        DisposeAsync,
    }

    [SkippableTheory]
    [InlineData(End.Close, false)]
    [InlineData(End.CloseAsync, true)]
    [InlineData(End.Dispose, true)]
    [InlineData(End.DisposeAsync, false)]
    public async Task A_reader_that_was_closed_or_disposed_does_not_touch_the_next_holders_rows(End end, bool async)
    {
        await using var source = Source();
        var connection = source.OpenConnection();
        var pid = await PidAsync(connection);
        var command = connection.CreateCommand();
        command.CommandText = "SELECT generate_series(1, 3)";
        var late = async ? await command.ExecuteReaderAsync() : command.ExecuteReader();
        Assert.True(late.Read());
        await EndAsync(late, end);
        await connection.CloseAsync();

        await NextHolderReadsUndisturbedAsync(source, pid, late);
    }

    [SkippableFact]
    public async Task A_batchs_reader_does_not_touch_the_next_holders_rows_either()
    {
        await using var source = Source();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var batch = connection.CreateBatch();
        var command = batch.CreateBatchCommand();
        command.CommandText = "SELECT 1";
        batch.BatchCommands.Add(command);
        var late = await batch.ExecuteReaderAsync();
        late.Close();
        connection.Close();

        await NextHolderReadsUndisturbedAsync(source, pid, late);
    }

    [SkippableFact]
    public async Task A_reader_of_the_connection_inside_does_not_touch_the_next_holders_rows_either()
    {
        await using var source = Source();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var command = connection.Unwrap<global::Npgsql.NpgsqlConnection>().CreateCommand();
        command.CommandText = "SELECT 1";
        var late = await command.ExecuteReaderAsync();
        await late.CloseAsync();
        await connection.CloseAsync();

        await NextHolderReadsUndisturbedAsync(source, pid, late);
    }

    [SkippableFact]
    public async Task A_reader_that_closed_its_connection_does_not_touch_the_next_holders_rows_either()
    {
        await using var source = Source();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        var late = await command.ExecuteReaderAsync(CommandBehavior.CloseConnection);
        late.Close();

        await NextHolderReadsUndisturbedAsync(source, pid, late);
    }

    [Theory]
    [InlineData(End.Close, false)]
    [InlineData(End.CloseAsync, false)]
    [InlineData(End.Dispose, true)]
    [InlineData(End.DisposeAsync, true)]
    public async Task Where_readers_cannot_be_exchanged_a_connection_whose_reader_was_not_disposed_is_closed(End end, bool isKept)
    {
        await using var source = PooledDbDataSource.Create(new FakeDbDataSource(FakeKind.Npgsql), new PoolOptions { MaxSize = 1 });
        DbConnection first;
        await using (var connection = await source.OpenConnectionAsync())
        {
            first = connection.InnerConnection;
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await EndAsync(await command.ExecuteReaderAsync(), end);
        }

        await using var next = await source.OpenConnectionAsync();
        Assert.Equal(isKept, ReferenceEquals(first, next.InnerConnection));
    }

    static async Task EndAsync(DbDataReader reader, End end)
    {
        switch (end)
        {
            case End.Close:
                reader.Close();
                break;
            case End.CloseAsync:
                await reader.CloseAsync();
                break;
            case End.Dispose:
                reader.Dispose();
                break;
            default:
                await reader.DisposeAsync();
                break;
        }
    }

    static async Task NextHolderReadsUndisturbedAsync(PooledDbDataSource source, int pid, DbDataReader late)
    {
        await using var next = await source.OpenConnectionAsync();
        Assert.Equal(pid, await PidAsync(next));
        await using var query = next.CreateCommand();
        query.CommandText = "SELECT generate_series(71, 73)";
        await using var rows = await query.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        Assert.True(late.IsClosed);
        Assert.ThrowsAny<InvalidOperationException>(() => late.Read());
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => late.ReadAsync());
        Assert.ThrowsAny<InvalidOperationException>(() => late.GetInt32(0));
        Assert.ThrowsAny<InvalidOperationException>(() => late.NextResult());
        late.Close();
        late.Dispose();
        await late.DisposeAsync();

        Assert.Equal(71, rows.GetInt32(0));
        Assert.True(await rows.ReadAsync());
        late.Dispose();
        Assert.True(await rows.ReadAsync());
        Assert.Equal(73, rows.GetInt32(0));
        Assert.False(await rows.ReadAsync());
    }
}

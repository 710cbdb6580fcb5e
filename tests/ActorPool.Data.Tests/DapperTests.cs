using ActorPool.Servers;
using Dapper;

namespace ActorPool.Data.Tests;

/// <summary>Dapper 2 on pooled connections, unchanged.</summary>
public sealed class DapperTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    [SkippableFact]
    public async Task Queries_commands_and_arrays_work_on_open_connections()
    {
        await using var source = Source();
        var table = await TableAsync();
        await using var connection = await source.OpenConnectionAsync();
        Assert.Equal(3, await connection.ExecuteAsync(
            $"INSERT INTO {table} VALUES (@Id, @Name)", new[] { new Row(1, "a"), new Row(2, "b"), new Row(3, "c") }));
        Assert.Equal([new Row(1, "a"), new Row(3, "c")], await connection.QueryAsync<Row>(
            $"SELECT id, name FROM {table} WHERE id = ANY(@ids) ORDER BY id", new { ids = new[] { 1, 3 } }));
        Assert.Equal([new Row(2, "b")], connection.Query<Row>($"SELECT id, name FROM {table} WHERE id IN (SELECT unnest(@ids))", new { ids = new List<int> { 2 } }));
        Assert.Equal("c", await connection.QuerySingleAsync<string>($"SELECT name FROM {table} WHERE id = @id", new { id = 3 }));
        Assert.Equal(3, connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}"));
        await using var both = await connection.QueryMultipleAsync($"SELECT 1; SELECT name FROM {table} ORDER BY id");
        Assert.Equal(1, await both.ReadSingleAsync<int>());
        Assert.Equal(["a", "b", "c"], await both.ReadAsync<string>());
    }

    [SkippableFact]
    public async Task Connections_that_Dapper_opens_it_closes_which_returns_them()
    {
        await using var source = Source();
        await using var connection = source.CreateConnection();
        Assert.Equal([1, 2], await connection.QueryAsync<int>("SELECT generate_series(1, 2)"));
        Assert.Equal([1, 2], connection.Query<int>("SELECT generate_series(1, 2)"));
        Assert.Equal(0, source.Pool.Snapshot().Leased);
        foreach (var number in connection.Query<int>("SELECT generate_series(1, 1000)", buffered: false))
        {
            Assert.Equal(1, source.Pool.Snapshot().Leased);
            Assert.Equal(1, number);
            break;
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        var sum = 0;
        await foreach (var number in connection.QueryUnbufferedAsync<int>("SELECT generate_series(1, 10)"))
        {
            sum += number;
        }

        Assert.Equal(55, sum);
        await Assert.ThrowsAsync<global::Npgsql.PostgresException>(() => connection.ExecuteAsync("SELECT 1/0"));
        using (var reader = await connection.ExecuteReaderAsync("SELECT 1"))
        {
            Assert.True(reader.Read());
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(1, source.Pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task Transactions_are_passed_on()
    {
        await using var source = Source();
        var table = await TableAsync();
        await using var connection = await source.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync($"INSERT INTO {table} VALUES (1)", transaction: transaction);
            await transaction.RollbackAsync();
        }

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync($"INSERT INTO {table} VALUES (2)", transaction: transaction);
            await transaction.CommitAsync();
        }

        Assert.Equal([2], await connection.QueryAsync<int>($"SELECT id FROM {table}"));
    }

    sealed record Row(int Id, string Name);
}

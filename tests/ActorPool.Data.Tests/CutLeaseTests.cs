using System.Data.Common;
using ActorPool.Servers;

namespace ActorPool.Data.Tests;

/// <summary>A lease that is taken back while its holder's command executes: neither call nor session outlives it.</summary>
public sealed class CutLeaseTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    // The server compiles what looks expensive, and loses a request to cancel that comes meanwhile. Npgsql itself cancels nothing.
    const string Settings = "Options=-c jit=off;Command Timeout=0";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public enum Doing
    {
        ExecuteAsync,
        Execute,
        BatchAsync,
        ReadAsync,
        Rows,
    }

    [SkippableTheory]
    [InlineData(Doing.ExecuteAsync)]
    [InlineData(Doing.Execute)]
    [InlineData(Doing.BatchAsync)]
    [InlineData(Doing.ReadAsync)]
    [InlineData(Doing.Rows)]
    public async Task The_command_of_a_lease_that_is_taken_back_is_cancelled_and_its_session_ends(Doing doing)
    {
        await using var source = Source(extra: Settings);
        var table = await TableAsync();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        await DoAsync(connection, $"BEGIN; LOCK TABLE {table}");
        var call = Task.Run(() => DoAsync(connection, doing));
        await ExecutesAsync(pid);

        await source.Pool.EvictAsync(EvictMode.Hard);

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Patience));
        await GoneAsync(pid);
        Assert.Equal(0, await RowsAsync(table));
        Assert.NotEqual(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task A_lease_timeout_ends_the_session_too()
    {
        await using var source = Source(
            extra: Settings + ";Application Name=timed-lease", configure: static pool => pool.LeaseTimeout = TimeSpan.FromSeconds(2));
        var connection = await source.OpenConnectionAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => DoAsync(connection, "SELECT pg_sleep(600)").WaitAsync(Patience));

        await Postgres.UntilAsync("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'timed-lease')");
    }

    [SkippableFact]
    public async Task The_session_of_a_holder_who_is_at_work_on_a_row_ends_too()
    {
        await using var source = Source(extra: Settings, configure: static pool => pool.CloseTimeout = Patience);
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT generate_series(1, 2000000000), repeat('x', 1000)";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());

        await source.Pool.DrainAsync(TimeSpan.Zero).WaitAsync(Patience);

        await GoneAsync(pid);
        Assert.True(reader.IsClosed);
    }

    [SkippableFact]
    public async Task A_drain_leaves_no_session_whose_command_executes()
    {
        await using var source = Source(extra: Settings, configure: static pool => pool.CloseTimeout = Patience);
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var call = DoAsync(connection, "SELECT pg_sleep(600)");
        await ExecutesAsync(pid);

        await source.Pool.DrainAsync(TimeSpan.Zero).WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Patience));
        await GoneAsync(pid);
    }

    [SkippableFact]
    public async Task A_connection_closed_under_a_command_that_executes_leaves_no_session()
    {
        await using var source = Source(extra: Settings);
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        var call = DoAsync(connection, "SELECT pg_sleep(600)");
        await ExecutesAsync(pid);

        await connection.CloseAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Patience));
        await GoneAsync(pid);
        await connection.OpenAsync();
        Assert.NotEqual(pid, await PidAsync(connection));
    }

    static async Task DoAsync(PooledDbConnection connection, Doing doing)
    {
        await using var command = connection.CreateCommand();
        switch (doing)
        {
            case Doing.ExecuteAsync:
                command.CommandText = "SELECT pg_sleep(600)";
                await command.ExecuteNonQueryAsync();
                break;
            case Doing.Execute:
                command.CommandText = "SELECT pg_sleep(600)";
                command.ExecuteScalar();
                break;
            case Doing.BatchAsync:
                await using (var batch = connection.CreateBatch())
                {
                    batch.BatchCommands.Add(batch.CreateBatchCommand());
                    batch.BatchCommands[0].CommandText = "SELECT pg_sleep(600)";
                    await batch.ExecuteNonQueryAsync();
                }

                break;
            case Doing.ReadAsync:
                // Rows come until the buffer is full; the next wait is under way when the lease ends.
                command.CommandText = "SELECT 1, repeat('x', 10000) FROM generate_series(1, 3) UNION ALL SELECT 2, pg_sleep(600)::text";
                await ReadAllAsync(command);
                break;
            default:
                command.CommandText = "SELECT generate_series(1, 2000000000), repeat('x', 1000)";
                await ReadAllAsync(command);
                break;
        }
    }

    static async Task ReadAllAsync(DbCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    // A request to cancel that comes before its command has no effect: PostgreSQL knows only what executes.
    Task ExecutesAsync(int pid) => Postgres.UntilAsync($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid} AND state = 'active')");

    Task GoneAsync(int pid) => Postgres.UntilAsync($"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {pid})");
}

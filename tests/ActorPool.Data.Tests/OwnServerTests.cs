using System.Collections.Concurrent;
using System.Data.Common;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>Servers that restart, and that have too few connections: each test has its own.</summary>
public sealed class OwnServerTests
{
    [SkippableFact]
    public async Task A_server_that_restarts_costs_errors_while_it_is_away_and_then_none()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance,
            server.ConnectionString,
            new PoolOptions { MaxSize = 4, AcquireTimeout = TimeSpan.FromSeconds(20), ReconnectBackoff = new BackoffOptions { Max = TimeSpan.FromMilliseconds(200) } });
        using var over = new CancellationTokenSource();
        var errors = new ConcurrentQueue<Exception>();
        var served = 0;
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    await PidAsync(source);
                    Interlocked.Increment(ref served);
                }
                catch (DbException error)
                {
                    errors.Enqueue(error);
                }
            }
        })).ToArray();
        await ServedAsync(100);
        await server.StopAsync();
        var before = Volatile.Read(ref served);
        await server.RunAgainAsync();
        await ServedAsync(before + 100);
        await over.CancelAsync();
        await Task.WhenAll(callers);

        // Those whose commands were under way, and those who had an idle connection that was dead: no more than there were.
        Assert.InRange(errors.Count, 0, 16);
        Assert.Equal(PoolHealth.Healthy, source.Pool.Snapshot().Health);
        for (var i = 0; i < 20; i++)
        {
            await PidAsync(source);
        }

        async Task ServedAsync(int count)
        {
            while (Volatile.Read(ref served) < count)
            {
                await Task.Yield();
            }
        }
    }

    [SkippableFact]
    public async Task A_server_with_too_few_connections_serves_all_callers_with_those_it_has()
    {
        await using var server = await PostgresServer.StartAsync("max_connections=5", "superuser_reserved_connections=2");
        await using (var admin = new global::Npgsql.NpgsqlConnection(server.ConnectionString + ";Pooling=false"))
        {
            await admin.OpenAsync();
            await using var command = new NpgsqlCommand("CREATE ROLE app LOGIN PASSWORD 'x'", admin);
            await command.ExecuteNonQueryAsync();
        }

        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance,
            server.ConnectionString + ";Username=app;Password=x",
            new PoolOptions { MaxSize = 12, AcquireTimeout = TimeSpan.FromSeconds(20) });
        var pids = new ConcurrentDictionary<int, bool>();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await using var connection = await source.OpenConnectionAsync();
                pids[await AskAsync(connection, "SELECT pg_backend_pid() FROM pg_sleep(0.005)")] = true;
            }
        })));
        Assert.InRange(pids.Count, 1, 3);
        Assert.True(source.Pool.Snapshot().OpensFailed > 0, "the server has refused nobody");
    }

    static async Task<int> PidAsync(PooledDbDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await AskAsync(connection, "SELECT pg_backend_pid()");
    }

    static async Task<int> AskAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (int)(await command.ExecuteScalarAsync())!;
    }
}

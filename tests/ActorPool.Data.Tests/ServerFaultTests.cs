using System.Data.Common;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>What a real server does to its clients.</summary>
public sealed class ServerFaultTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    [SkippableFact]
    public async Task A_session_that_is_terminated_in_use_is_replaced()
    {
        await using var source = Source();
        int pid;
        await using (var connection = await source.OpenConnectionAsync())
        {
            pid = await PidAsync(connection);
            await Postgres.AskAsync<bool>($"SELECT pg_terminate_backend({pid}, 5000)");
            var error = await Assert.ThrowsAnyAsync<DbException>(() => PidAsync(connection));
            Assert.True(source.Connector.IsFault(error));
            Assert.Equal(System.Data.ConnectionState.Closed, connection.State);

            // The wrapper heals: what is opened now is another one.
            await connection.OpenAsync();
            Assert.NotEqual(pid, await PidAsync(connection));
        }

        Assert.NotEqual(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task When_all_idle_sessions_are_terminated_one_caller_meets_it_and_the_others_are_spared()
    {
        await using var source = Source(maxSize: 4);
        var open = new List<PooledDbConnection>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await source.OpenConnectionAsync());
        }

        foreach (var connection in open)
        {
            var pid = await PidAsync(connection);
            await connection.DisposeAsync();
            await Postgres.AskAsync<bool>($"SELECT pg_terminate_backend({pid}, 5000)");
        }

        await Assert.ThrowsAnyAsync<DbException>(() => PidAsync(source));
        for (var i = 0; i < 8; i++)
        {
            await PidAsync(source);
        }
    }

    [SkippableFact]
    public async Task A_statement_timeout_and_a_cancelled_command_are_no_faults()
    {
        await using var source = Source();
        await using var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        await DoAsync(connection, "SET statement_timeout = 20");
        var timeout = await Assert.ThrowsAsync<PostgresException>(() => DoAsync(connection, "SELECT pg_sleep(60)"));
        Assert.Equal(PostgresErrorCodes.QueryCanceled, timeout.SqlState);
        await DoAsync(connection, "RESET statement_timeout");

        using var cancellation = new CancellationTokenSource();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_sleep(60)";
        var executing = command.ExecuteNonQueryAsync(cancellation.Token);
        await Postgres.UntilAsync($"SELECT count(*) > 0 FROM pg_stat_activity WHERE pid = {pid} AND wait_event = 'PgSleep'");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executing);

        executing = command.ExecuteNonQueryAsync();
        await Postgres.UntilAsync($"SELECT count(*) > 0 FROM pg_stat_activity WHERE pid = {pid} AND wait_event = 'PgSleep'");
        command.Cancel();
        await Assert.ThrowsAnyAsync<Exception>(() => executing);
        await connection.CloseAsync();
        Assert.Equal(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task Errors_of_statements_do_not_cost_a_connection()
    {
        await using var source = Source();
        var pid = await PidAsync(source);
        foreach (var sql in new[] { "SELECT 1/0", "SELEC", "SELECT * FROM nowhere", "DO $$ BEGIN RAISE EXCEPTION 'no'; END $$" })
        {
            await using var connection = await source.OpenConnectionAsync();
            await Assert.ThrowsAsync<PostgresException>(() => DoAsync(connection, sql));
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Throws<PostgresException>(() => command.ExecuteNonQuery());
        }

        Assert.Equal(pid, await PidAsync(source));
    }

    [SkippableFact]
    public async Task Over_verified_tls_connections_are_leases_too_and_a_strangers_certificate_is_refused_at_once()
    {
        var tls = ConnectionString.Replace("SSL Mode=Disable", "SSL Mode=VerifyFull", StringComparison.Ordinal);
        await using (var source = PooledDbDataSource.Create(NpgsqlFactory.Instance, $"{tls};Root Certificate={Postgres.Server.CaFile}", new PoolOptions { MaxSize = 1 }))
        {
            await using var connection = await source.OpenConnectionAsync();
            Assert.StartsWith("TLSv1.", await AskAsync<string>(connection, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"), StringComparison.Ordinal);
            var pid = await PidAsync(connection);
            await connection.CloseAsync();
            Assert.Equal(pid, await PidAsync(source));
        }

        await using var stranger = PooledDbDataSource.Create(NpgsqlFactory.Instance, tls, new PoolOptions { MaxSize = 1 });
        var error = await Assert.ThrowsAsync<NpgsqlException>(async () => await stranger.OpenConnectionAsync());
        Assert.Equal(OpenFailureKind.Certificate, stranger.Connector.Classify(error));

        await using var missing = PooledDbDataSource.Create(NpgsqlFactory.Instance, $"{tls};Root Certificate=missing.pem", new PoolOptions { MaxSize = 1 });
        var noFile = await Assert.ThrowsAnyAsync<Exception>(async () => await missing.OpenConnectionAsync());
        Assert.Contains("missing.pem", noFile.ToString(), StringComparison.Ordinal);
        Assert.Equal(OpenFailureKind.Configuration, missing.Connector.Classify(noFile));
    }

    [SkippableFact]
    public async Task Wrong_passwords_and_unknown_databases_fail_at_once_with_the_providers_own_error()
    {
        await Postgres.AskAsync<int>("DO $$ BEGIN CREATE ROLE guest LOGIN PASSWORD 'k'; EXCEPTION WHEN duplicate_object THEN NULL; END $$; SELECT 1");
        foreach (var (extra, state, kind) in new[]
        {
            ("Username=guest;Password=q", PostgresErrorCodes.InvalidPassword, OpenFailureKind.Credentials),
            ("Database=nowhere", PostgresErrorCodes.InvalidCatalogName, OpenFailureKind.Configuration),
        })
        {
            await using var source = Source(extra: extra);
            var error = await Assert.ThrowsAsync<PostgresException>(async () => await source.OpenConnectionAsync());
            Assert.Equal(state, error.SqlState);
            Assert.Equal(kind, source.Connector.Classify(error));
            Assert.Throws<PostgresException>(source.OpenConnection);
            Assert.DoesNotContain("Password=q", error.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [SkippableFact]
    public async Task Credentials_come_from_the_pools_provider_and_rotate()
    {
        await Postgres.AskAsync<int>("DO $$ BEGIN CREATE ROLE one LOGIN PASSWORD 'first'; CREATE ROLE two LOGIN PASSWORD 'second'; END $$; SELECT 1");
        var current = new Credentials("one", "first");
        var text = ConnectionString.Replace("Username=postgres;", "", StringComparison.Ordinal);
        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance, text, new PoolOptions { MaxSize = 1, MaxLifetime = TimeSpan.Zero, Credentials = CredentialProvider.Create((_, _) => new(current)) });
        Assert.Equal("one", await WhoAsync());
        current = new Credentials("two", "second");
        Assert.Equal("two", await WhoAsync());

        async Task<string> WhoAsync()
        {
            await using var connection = await source.OpenConnectionAsync();
            Assert.DoesNotContain("first", connection.ConnectionString, StringComparison.Ordinal);
            return await AskAsync<string>(connection, "SELECT current_user::text");
        }
    }
}

using System.Net;
using System.Net.Sockets;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Budgets.Tests.Postgres;

/// <summary>The table, the one connection, rights, and servers that say no.</summary>
public sealed class PostgresGrantStoreTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static int TablesMade;

    readonly string _table = $"grants_{Interlocked.Increment(ref TablesMade)}";

    [SkippableFact]
    public async Task The_table_is_made_on_first_use_by_several_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => Store()).ToArray();
        var replies = await Task.WhenAll(stores.Select(store => Task.Run(() => CommitAsync(store, 0))));
        Assert.Single(replies, static reply => reply.IsCommitted);
        Assert.Single(replies.Select(static reply => reply.Incarnation).Distinct());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Where_the_table_is_not_to_be_made_the_error_has_the_script_which_makes_it()
    {
        await using var store = Store(options => options.CreateTable = false);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, 0));
        var script = PostgresGrantStore.CreateTableScript(_table);
        Assert.Contains(script.ReplaceLineEndings(" ").TrimEnd('.', ' '), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await DoAsync(script);
        Assert.True((await UntilAsync(store, 0)).IsCommitted);
    }

    [SkippableFact]
    public async Task A_user_who_may_only_use_the_table_works_and_one_who_may_not_make_it_is_told_the_script()
    {
        await DoAsync("CREATE ROLE worker LOGIN PASSWORD 's3cret'; REVOKE CREATE ON SCHEMA public FROM public");
        var worker = Worker("s3cret");
        await using var store = Store(options => options.ConnectionString = worker);
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, 0));
        Assert.Contains("CREATE TABLE", error.Message, StringComparison.Ordinal);
        await DoAsync($"{PostgresGrantStore.CreateTableScript(_table)} GRANT SELECT, INSERT, UPDATE, DELETE ON {_table} TO worker");
        var reply = await UntilAsync(store, 0);
        Assert.True(reply.IsCommitted);
        await using var administrators = Store();
        Assert.Equal((await CommitAsync(administrators, 0)).Incarnation, reply.Incarnation);

        // An administrator may have taken away what tells the incarnation.
        await DoAsync("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM public");
        await using var poor = Store(options => options.ConnectionString = worker);
        Assert.Matches(@"^database-\d+/00000001$", (await CommitAsync(poor, 0)).Incarnation);
        await DoAsync("REVOKE EXECUTE ON FUNCTION pg_walfile_name(pg_lsn) FROM public");
        await using var poorer = Store(options => options.ConnectionString = worker);
        Assert.Matches(@"^database-\d+$", (await CommitAsync(poorer, 0)).Incarnation);
        await DoAsync("GRANT EXECUTE ON FUNCTION pg_control_system(), pg_walfile_name(pg_lsn) TO public");

        await using var stranger = Store(options => options.ConnectionString = Worker("x9"));
        var refused = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(stranger, 0));
        Assert.Contains("Password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("x9", refused.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task There_is_one_connection_while_it_commits_listens_fences_and_gives_up()
    {
        const string name = "one-of-a-kind";
        await using var store = Store(options => options.ApplicationName = name);
        var version = (await CommitAsync(store, 0)).Version;
        using var stop = new CancellationTokenSource();
        using var told = new SemaphoreSlim(0);
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), stop.Token);
        Assert.True(await told.WaitAsync(Patience));
        var fence = new PostgresGrantFence(store);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, CancellationToken.None)));
        Assert.Equal(0, await fence.EndAsync("nobody", CancellationToken.None));
        var count = $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'";
        Assert.Equal(1, await postgres.AskAsync<long>(count));

        // Somebody holds the row: the commit is given up, at once, and its session ends before there is another.
        await using (var other = new NpgsqlConnection(postgres.Server.ConnectionString + ";Pooling=false"))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync();
            await using var command = new NpgsqlCommand($"SELECT 1 FROM {_table} FOR UPDATE", other, transaction);
            await command.ExecuteNonQueryAsync();
            using var cancel = new CancellationTokenSource();
            var commit = CommitAsync(store, version, cancel.Token);
            await postgres.UntilAsync($"SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{name}' AND wait_event_type = 'Lock')");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit.WaitAsync(Patience));
            await store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, CancellationToken.None);
            Assert.Equal(1, await postgres.AskAsync<long>(count));
        }

        await Assert.ThrowsAsync<GrantStoreException>(() => watch.WaitAsync(Patience));
        Assert.True((await CommitAsync(store, version)).IsCommitted);
        await store.DisposeAsync();
        await postgres.UntilAsync($"SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{name}')");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CommitAsync(store, 0));
    }

    [SkippableTheory]
    [InlineData("serializable")]
    [InlineData("repeatable read")]
    public async Task What_the_server_isolates_by_default_does_not_matter(string level)
    {
        var escaped = level.Replace(" ", "\\ ", StringComparison.Ordinal);
        PostgresGrantStore Isolated() => Store(options => options.ConnectionString += $";Options=-c default_transaction_isolation={escaped}");
        await using PostgresGrantStore one = Isolated(), two = Isolated();
        await CommitAsync(one, 0);
        var moves = await Task.WhenAll(new[] { one, two }.Select(store => Task.Run(async () =>
        {
            var (moved, version) = (0, 0L);
            for (var i = 0; i < 100; i++)
            {
                var reply = await CommitAsync(store, version);
                moved += reply.IsCommitted ? 1 : 0;
                version = reply.Records.Single().Version;
            }

            return moved;
        })));
        Assert.All(moves, static moved => Assert.InRange(moved, 1, 99));
    }

    [SkippableFact]
    public async Task Over_tls_it_listens_and_commits_in_turns()
    {
        await using var store = Store(options => options.ConnectionString =
            options.ConnectionString.Replace("SSL Mode=Disable", $"SSL Mode=VerifyFull;Root Certificate={postgres.Server.CaFile}", StringComparison.Ordinal));
        using var stop = new CancellationTokenSource();
        using var told = new SemaphoreSlim(0);
        var version = (await CommitAsync(store, 0)).Version;
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), stop.Token);
        Assert.True(await told.WaitAsync(Patience));
        for (var i = 0; i < 50; i++)
        {
            version = (await CommitAsync(store, version)).Version;
            Assert.True(version > 0);
            Assert.True(await told.WaitAsync(Patience));
        }

        Assert.False(watch.IsCompleted);
    }

    [SkippableFact]
    public async Task Without_listening_there_is_no_watch()
    {
        await using var store = Store(static options => options.Listen = false);
        await store.WatchAsync("orders", "node/a", static () => Assert.Fail("It was told."), CancellationToken.None).WaitAsync(Patience);
    }

    [SkippableFact]
    public async Task A_read_only_server_is_refused_by_name()
    {
        await using var store = Store(static options => options.ConnectionString += ";Options=-c default_transaction_read_only=on");
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, CancellationToken.None));
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_that_is_down_is_not_hammered_one_that_is_a_standby_is_refused_and_a_promoted_one_has_another_incarnation()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = server.ConnectionString });
        var before = await CommitAsync(store, 0);
        await server.StopAsync();
        using (var counter = new TcpListener(IPAddress.Loopback, server.Port))
        {
            counter.Start();
            var accepted = CountAsync(counter);
            var (failed, since) = (0, Environment.TickCount64);
            while (Environment.TickCount64 - since < 1500)
            {
                var error = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, before.Version));
                Assert.Contains($"127.0.0.1:{server.Port}", error.Message, StringComparison.Ordinal);
                failed++;
            }

            counter.Stop();
            Assert.True(failed > 100, $"Only {failed} commits failed at once.");
            Assert.InRange(await accepted.WaitAsync(Patience), 1, 12);
        }

        await server.RunAgainAsync();
        var after = await UntilAsync(store, before.Version);
        Assert.True(after.IsCommitted);
        Assert.Equal(before.Incarnation, after.Incarnation);

        await server.StopAsync();
        await server.RunAgainAsStandbyAsync();
        GrantStoreException standby;
        do
        {
            standby = await Assert.ThrowsAsync<GrantStoreException>(() => CommitAsync(store, after.Version));
        }
        while (!standby.Message.Contains("is a standby", StringComparison.Ordinal));

        await using (var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var promote = new NpgsqlCommand("SELECT pg_promote()", connection);
            Assert.Equal(true, await promote.ExecuteScalarAsync());
        }

        var promoted = await UntilAsync(store, after.Version);
        Assert.True(promoted.IsCommitted);
        Assert.NotEqual(after.Incarnation, promoted.Incarnation);
        Assert.Equal(after.Incarnation.Split('/')[0] + "/00000002", promoted.Incarnation);
        var refused = await store.CommitAsync(
            new GrantTransaction { Budget = "orders", Incarnation = after.Incarnation, Expected = [new("node/a", promoted.Version)], Writes = [new("node/a", "y")] }, CancellationToken.None);
        Assert.False(refused.IsCommitted);
    }

    [Fact]
    public void All_problems_of_the_options_are_listed_at_once_without_secrets()
    {
        var error = Assert.Throws<ArgumentException>(() => new PostgresGrantStore(new PostgresGrantStoreOptions
        {
            ConnectionString = "Host=h;Password=s3c;ret=1",
            Table = "a;b",
            ApplicationName = "",
        }));
        foreach (var named in new[] { "ConnectionString", "Table is 'a;b'", "ApplicationName" })
        {
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("s3c", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ret", error.Message, StringComparison.Ordinal);
        Assert.Contains("no Host", Assert.Throws<ArgumentException>(() => new PostgresGrantStore(new())).Message, StringComparison.Ordinal);
        Assert.Equal(
            "PostgreSQL at h:5433, database d, table actorpool_grants",
            new PostgresGrantStoreOptions { ConnectionString = "Host=h;Port=5433;Database=d;Username=u;Password=s3c" }.ToString());
    }

    PostgresGrantStore Store(Action<PostgresGrantStoreOptions>? configure = null)
    {
        var options = new PostgresGrantStoreOptions { ConnectionString = postgres.Server.ConnectionString, Table = _table };
        configure?.Invoke(options);
        return new PostgresGrantStore(options);
    }

    string Worker(string password) =>
        new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Username = "worker", Password = password }.ConnectionString;

    async Task DoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.Server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<int> CountAsync(TcpListener listener)
    {
        for (var count = 0; ; count++)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return count;
            }
        }
    }

    static async Task<GrantReply> UntilAsync(PostgresGrantStore store, long version)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await CommitAsync(store, version, limit.Token);
            }
            catch (GrantStoreException)
            {
                await Task.Yield();
            }
        }
    }

    static Task<GrantReply> CommitAsync(PostgresGrantStore store, long version, CancellationToken cancellationToken = default) => store.CommitAsync(
        new GrantTransaction { Budget = "orders", Expected = [new("node/a", version)], Writes = [new("node/a", "x")], Notify = ["node/a"], Read = ["node/a"] }, cancellationToken);
}

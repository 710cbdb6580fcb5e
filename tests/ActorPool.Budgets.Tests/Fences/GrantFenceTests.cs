using ActorPool.Redis;
using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Budgets.Tests.Fences;

/// <summary>Fences at real servers.</summary>
public sealed class GrantFenceTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_sessions_of_a_node_are_ended_in_postgres_and_no_one_elses(bool throughStore)
    {
        await using var store = new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = postgres.Server.ConnectionString, ApplicationName = "orders/store" });
        var fence = throughStore ? new PostgresGrantFence(store) : new PostgresGrantFence(postgres.Server.ConnectionString);
        await store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, CancellationToken.None);
        string[] names = ["orders/a/1", "orders/a/1", "orders/a/12", "orders/b/2", "orders2/a/1", "Orders/a/1"];
        var sessions = new List<NpgsqlConnection>();
        foreach (var name in names)
        {
            var session = new NpgsqlConnection($"{postgres.Server.ConnectionString};Pooling=false;Application Name={name}");
            await session.OpenAsync();
            sessions.Add(session);
        }

        Assert.Equal(0, await fence.EndAsync("orders/a/1", CancellationToken.None));
        Assert.Equal("--++++", await LiveAsync(sessions));
        Assert.Equal(0, await fence.EndAsync("orders/a/1", CancellationToken.None));
        Assert.Equal(0, await fence.EndOthersAsync("orders/", throughStore ? ["orders/b/2"] : ["orders/b/2", "orders/store"], CancellationToken.None));
        Assert.Equal("---+++", await LiveAsync(sessions));
        Assert.Equal(1, await postgres.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'orders/store'"));
        await postgres.UntilAsync("SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = 'actorpool-fence')");
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_fence_that_may_not_end_sessions_or_does_not_reach_its_server_confirms_nothing()
    {
        await using var session = new NpgsqlConnection($"{postgres.Server.ConnectionString};Pooling=false;Application Name=orders/a/1");
        await session.OpenAsync();
        await using (var command = new NpgsqlCommand("DROP ROLE IF EXISTS weak; CREATE ROLE weak LOGIN PASSWORD 's3cret'", session))
        {
            await command.ExecuteNonQueryAsync();
        }

        var weak = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Username = "weak", Password = "s3cret" };
        var refused = await Assert.ThrowsAsync<GrantStoreException>(() => new PostgresGrantFence(weak.ConnectionString).EndAsync("orders/a/1", CancellationToken.None).AsTask());
        Assert.Contains("pg_signal_backend", refused.Message, StringComparison.Ordinal);
        var nowhere = new PostgresGrantFence("Host=127.0.0.1;Port=1;Username=u;Password=s3cret");
        var lost = await Assert.ThrowsAsync<GrantStoreException>(() => nowhere.EndAsync("orders/a/1", CancellationToken.None).AsTask());
        Assert.Contains("127.0.0.1:1", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", lost.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PostgresGrantFence("Password=s3cret"));
    }

    [SkippableFact]
    public async Task A_store_keeps_its_connection_and_its_watches_though_its_fence_may_not_end_sessions()
    {
        await using var session = new NpgsqlConnection($"{postgres.Server.ConnectionString};Pooling=false;Application Name=orders/a/1");
        await session.OpenAsync();
        await using (var command = new NpgsqlCommand("CREATE ROLE keeper LOGIN PASSWORD 's3cret'; GRANT CREATE ON SCHEMA public TO keeper", session))
        {
            await command.ExecuteNonQueryAsync();
        }

        var keeper = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Username = "keeper", Password = "s3cret" };
        await using var store = new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = keeper.ConnectionString, ApplicationName = "keepers", Table = "keepers" });
        using var told = new SemaphoreSlim(0);
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), CancellationToken.None);
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)));
        const string number = "SELECT pid FROM pg_stat_activity WHERE application_name = 'keepers'";
        var before = await postgres.AskAsync<int>(number);

        for (var i = 0; i < 2; i++)
        {
            var refused = await Assert.ThrowsAsync<GrantStoreException>(() => new PostgresGrantFence(store).EndAsync("orders/a/1", CancellationToken.None).AsTask());
            Assert.Contains("pg_signal_backend", refused.Message, StringComparison.Ordinal);
        }

        await store.CommitAsync(new GrantTransaction { Budget = "orders", Expected = [new("node/a", 0)], Writes = [new("node/a", "x")], Notify = ["node/a"] }, CancellationToken.None);
        Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.False(watch.IsCompleted);
        Assert.Equal(before, await postgres.AskAsync<int>(number));
    }

    [SkippableFact]
    public async Task All_connections_of_a_node_are_ended_in_redis_and_no_one_elses()
    {
        await using var server = await RedisServer.StartAsync();
        await using var pool = RedisPool.Create(Options("fence"));
        var fence = new RedisGrantFence(pool);
        ConnectionPool<RedisConnection>[] nodes = [RedisPool.Create(Options("orders/a/1")), RedisPool.Create(Options("orders/a/12")), RedisPool.Create(Options("orders/b/2"))];
        foreach (var node in nodes)
        {
            await node.WarmUpAsync(2);
        }

        Assert.Equal(["orders/a/1 2", "orders/a/12 2", "orders/b/2 2"], await NamesAsync());
        Assert.Equal(0, await fence.EndAsync("orders/a/1", CancellationToken.None));
        Assert.Equal(["orders/a/12 2", "orders/b/2 2"], await NamesAsync());
        Assert.Equal(0, await fence.EndOthersAsync("orders/", ["orders/b/2"], CancellationToken.None));
        Assert.Equal(["orders/b/2 2"], await NamesAsync());
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await server.KillAsync();
        var error = await Assert.ThrowsAsync<GrantStoreException>(() => fence.EndAsync("orders/a/1", CancellationToken.None).AsTask());
        Assert.Contains("fence", error.Message, StringComparison.Ordinal);

        RedisPoolOptions Options(string name) => new()
        {
            Connection = new RedisOptions { Host = "127.0.0.1", Port = server.Port, ClientName = name },
            Pool = new PoolOptions { Name = name, MaxSize = 2, AcquireTimeout = TimeSpan.FromSeconds(2) },
        };

        async Task<string[]> NamesAsync()
        {
            var list = await pool.UseAsync(static async (connection, token) => (await connection.ExecuteAsync("CLIENT", ["LIST"], token)).AsString()!, CancellationToken.None);
            return [.. list.Split(' ', '\n').Where(static field => field.StartsWith("name=orders", StringComparison.Ordinal)).CountBy(static field => field[5..])
                .Select(static pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal)];
        }
    }

    static async Task<string> LiveAsync(IEnumerable<NpgsqlConnection> sessions)
    {
        var live = "";
        foreach (var session in sessions)
        {
            try
            {
                await using var command = new NpgsqlCommand("SELECT 1", session);
                await command.ExecuteScalarAsync();
                live += '+';
            }
            catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
            {
                live += '-';
            }
        }

        return live;
    }
}

using ActorPool.Servers;
using ActorPool.TestKit;
using Npgsql;

namespace ActorPool.Budgets.Tests.Postgres;

/// <summary>Hosts that swallow what they are sent: nobody says no, and nobody says anything.</summary>
public sealed class PostgresHangsTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(3300, 2)]
    [InlineData(400, 12)]
    public async Task A_host_that_does_not_answer_leaves_time_for_the_next_however_soon_requests_are_given_up(int requestMilliseconds, int requestsMax)
    {
        await using var hung = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        hung.Fault = Fault.Hang;
        await using var store = Store($"127.0.0.1:{hung.Port},127.0.0.1:{postgres.Server.Port}");
        var givenUp = 0;
        while (!await TryReadAsync(store, requestMilliseconds))
        {
            Assert.InRange(++givenUp, 1, requestsMax);
        }

        Assert.True(hung.Accepted > 0);
    }

    [SkippableFact]
    public async Task Hosts_that_were_all_down_are_tried_again_before_a_lifetime_is_over()
    {
        await using var one = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        await using var other = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        one.Fault = other.Fault = Fault.Refuse;
        await using var store = Store($"127.0.0.1:{one.Port},127.0.0.1:{other.Port}");
        await Assert.ThrowsAsync<GrantStoreException>(() => ReadAsync(store, CancellationToken.None));
        var since = Environment.TickCount64;
        other.Fault = Fault.None;
        while (!await TryReadAsync(store, requestMilliseconds: 3300))
        {
        }

        Assert.InRange(Environment.TickCount64 - since, 0, 8_000);
    }

    [SkippableFact]
    public async Task A_request_that_hangs_is_given_up_and_whoever_comes_next_does_not_wait_for_it()
    {
        await using var proxy = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        await using var store = Store($"127.0.0.1:{proxy.Port},127.0.0.1:{postgres.Server.Port}");
        await ReadAsync(store, CancellationToken.None);
        await GiveUpAsync(store, proxy);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        await ReadAsync(store, limit.Token);
    }

    [SkippableFact]
    public async Task A_store_is_disposed_of_at_once_though_its_server_answers_nothing()
    {
        await using var proxy = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        var store = Store($"127.0.0.1:{proxy.Port}");
        await ReadAsync(store, CancellationToken.None);
        using var told = new SemaphoreSlim(0);
        var watch = store.WatchAsync("orders", "node/a", () => told.Release(), CancellationToken.None);
        Assert.True(await told.WaitAsync(Patience));
        await GiveUpAsync(store, proxy);
        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1.5));
        await Assert.ThrowsAsync<GrantStoreException>(() => watch.WaitAsync(Patience));
    }

    [SkippableFact]
    public async Task A_store_is_disposed_of_at_once_while_it_connects()
    {
        await using var hung = FaultProxy.Start("127.0.0.1", postgres.Server.Port);
        hung.Fault = Fault.Hang;
        var store = Store($"127.0.0.1:{hung.Port}");
        var read = ReadAsync(store, CancellationToken.None);
        await hung.WaitUntilAsync(static proxy => proxy.Live == 1);
        await store.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1.5));
        await Assert.ThrowsAsync<GrantStoreException>(() => read.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData(";Timeout=0", 2)]
    [InlineData(";Timeout=1", 1)]
    [InlineData(";Timeout=30", 2)]
    public void Connecting_takes_two_seconds_at_most_and_less_where_less_is_said(string given, int seconds)
    {
        var target = Budgets.Postgres.PostgresTarget.Parse($"Host=a,b{given}", "name", "parameter");
        Assert.Equal(seconds, new NpgsqlConnectionStringBuilder(target.ConnectionString).Timeout);
    }

    PostgresGrantStore Store(string hosts)
    {
        var connection = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Host = hosts };
        return new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = connection.ConnectionString });
    }

    /// <summary>A request is at the server, which answers nothing any more, when its caller gives up.</summary>
    async Task GiveUpAsync(PostgresGrantStore store, FaultProxy proxy)
    {
        await using var other = new NpgsqlConnection(postgres.Server.ConnectionString + ";Pooling=false");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"LOCK TABLE {PostgresGrantStoreOptions.DefaultTable}", other, transaction);
        await command.ExecuteNonQueryAsync();
        using var stop = new CancellationTokenSource();
        var read = ReadAsync(store, stop.Token);
        await postgres.UntilAsync("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = 'actorpool-budget' AND wait_event_type = 'Lock')");
        proxy.Fault = Fault.Hang;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Patience));
    }

    /// <summary>False: it was given up after that time.</summary>
    static async Task<bool> TryReadAsync(PostgresGrantStore store, int requestMilliseconds)
    {
        while (true)
        {
            try
            {
                using var patience = new CancellationTokenSource(requestMilliseconds);
                await ReadAsync(store, patience.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            catch (GrantStoreException)
            {
                await Task.Yield();
            }
        }
    }

    static Task<GrantReply> ReadAsync(PostgresGrantStore store, CancellationToken cancellationToken) =>
        store.CommitAsync(new GrantTransaction { Budget = "orders", ReadAll = true }, cancellationToken);
}

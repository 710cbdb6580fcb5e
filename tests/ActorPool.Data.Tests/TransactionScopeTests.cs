using System.Data;
using System.Transactions;
using ActorPool.Servers;

namespace ActorPool.Data.Tests;

/// <summary>Connections within a TransactionScope.</summary>
public sealed class TransactionScopeTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    static TransactionScope Scope(TransactionScopeOption option = TransactionScopeOption.Required) =>
        new(option, TransactionScopeAsyncFlowOption.Enabled);

    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task A_second_open_gets_the_same_connection_which_comes_back_when_the_transaction_ends(bool complete, bool async)
    {
        await using var source = Source(maxSize: 2);
        var table = await TableAsync();
        using (var scope = Scope())
        {
            int pid;
            await using (var first = source.CreateConnection())
            {
                await OpenAsync(first, async);
                pid = await PidAsync(first);
                await DoAsync(first, $"INSERT INTO {table} VALUES (1)");
            }

            Assert.Equal(1, source.Pool.Snapshot().Leased);
            await using (var second = source.CreateConnection())
            {
                await OpenAsync(second, async);
                Assert.Equal(pid, await PidAsync(second));
                Assert.Equal(1, await AskAsync<long>(second, $"SELECT count(*) FROM {table}"));
                await DoAsync(second, $"INSERT INTO {table} VALUES (2)");
            }

            Assert.Equal(0, await RowsAsync(table));
            if (complete)
            {
                scope.Complete();
            }
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(complete ? 2 : 0, await RowsAsync(table));
        Assert.Equal(1, source.Pool.Snapshot().Idle);
    }

    [SkippableFact]
    public async Task Two_connections_open_at_once_share_one_lease_and_commit_in_one_phase()
    {
        await using var source = Source(maxSize: 2);
        var table = await TableAsync();
        using (var scope = Scope())
        {
            await using var outer = await source.OpenConnectionAsync();
            await using var inner = await source.OpenConnectionAsync();
            await DoAsync(outer, $"INSERT INTO {table} VALUES (1)");
            await DoAsync(inner, $"INSERT INTO {table} VALUES (2)");
            Assert.Equal(1, source.Pool.Snapshot().Leased);
            scope.Complete();
        }

        Assert.Equal(2, await RowsAsync(table));
        Assert.Equal(0, source.Pool.Snapshot().Leased);
    }

    [SkippableFact]
    public async Task A_connection_that_is_open_when_its_scope_ends_works_on_and_comes_back_when_it_is_closed()
    {
        await using var source = Source();
        var table = await TableAsync();
        var connection = source.CreateConnection();
        using (Scope())
        {
            await connection.OpenAsync();
            await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
        }

        Assert.Equal(0, await RowsAsync(table));
        Assert.Equal(1, source.Pool.Snapshot().Leased);
        await DoAsync(connection, $"INSERT INTO {table} VALUES (2)");
        Assert.Equal(1, await RowsAsync(table));
        await connection.DisposeAsync();
        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(1, source.Pool.Snapshot().Idle);
    }

    [SkippableFact]
    public async Task Nested_scopes_suppress_or_begin_their_own()
    {
        await using var source = Source(maxSize: 3);
        var table = await TableAsync();
        using (Scope())
        {
            await using var connection = await source.OpenConnectionAsync();
            await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
            using (var suppressed = Scope(TransactionScopeOption.Suppress))
            {
                await using var own = await source.OpenConnectionAsync();
                await DoAsync(own, $"INSERT INTO {table} VALUES (2)");
                suppressed.Complete();
            }

            using (var required = Scope(TransactionScopeOption.RequiresNew))
            {
                await using var own = await source.OpenConnectionAsync();
                await DoAsync(own, $"INSERT INTO {table} VALUES (3)");
                required.Complete();
            }

            using (var joined = Scope())
            {
                await using var same = await source.OpenConnectionAsync();
                Assert.Equal(await PidAsync(connection), await PidAsync(same));
                joined.Complete();
            }
        }

        Assert.Equal(2, await RowsAsync(table));
        Assert.Equal(0, source.Pool.Snapshot().Leased);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_data_sources_in_one_scope_commit_in_two_phases_or_not_at_all(bool complete)
    {
        await using var first = Source();
        await using var second = Source();
        var (a, b) = (await TableAsync(), await TableAsync());
        using (var scope = Scope())
        {
            await using (var connection = await first.OpenConnectionAsync())
            {
                await DoAsync(connection, $"INSERT INTO {a} VALUES (1)");
            }

            await using (var connection = await second.OpenConnectionAsync())
            {
                await DoAsync(connection, $"INSERT INTO {b} VALUES (1)");
            }

            if (complete)
            {
                scope.Complete();
            }
        }

        Assert.Equal(complete ? 1 : 0, await RowsAsync(a));
        Assert.Equal(complete ? 1 : 0, await RowsAsync(b));
        Assert.Equal(0, await Postgres.AskAsync<long>("SELECT count(*) FROM pg_prepared_xacts"));
        Assert.Equal(0, first.Pool.Snapshot().Leased + second.Pool.Snapshot().Leased);
        Assert.Equal(1, await AskAsync(first));
        Assert.Equal(1, await AskAsync(second));

        static async Task<int> AskAsync(PooledDbDataSource source)
        {
            await using var connection = await source.OpenConnectionAsync();
            return await AskAsync<int>(connection, "SELECT 1");
        }
    }

    [SkippableFact]
    public async Task When_one_of_two_cannot_be_prepared_neither_is_committed()
    {
        await using var first = Source();
        await using var second = Source();
        var table = await TableAsync();
        await Assert.ThrowsAsync<TransactionAbortedException>(async () =>
        {
            using var scope = Scope();
            await using (var connection = await first.OpenConnectionAsync())
            {
                await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
            }

            await using (var connection = await second.OpenConnectionAsync())
            {
                // What has used temporary tables cannot be prepared.
                await DoAsync(connection, "CREATE TEMP TABLE mine (x int)");
            }

            scope.Complete();
        });

        Assert.Equal(0, await RowsAsync(table));
        Assert.Equal(0, await Postgres.AskAsync<long>("SELECT count(*) FROM pg_prepared_xacts"));
        Assert.Equal(0, first.Pool.Snapshot().Leased + second.Pool.Snapshot().Leased);
    }

    [SkippableFact]
    public async Task A_transaction_that_ends_under_a_command_cancels_it_and_condemns_the_connection()
    {
        await using var source = Source();
        var table = await TableAsync();
        using var transaction = new CommittableTransaction();
        var connection = await source.OpenConnectionAsync();
        var pid = await PidAsync(connection);
        connection.EnlistTransaction(transaction);
        await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_sleep(60)";
        var executing = command.ExecuteNonQueryAsync();
        await Postgres.UntilAsync($"SELECT count(*) > 0 FROM pg_stat_activity WHERE pid = {pid} AND wait_event = 'PgSleep'");
        transaction.Rollback();

        await Assert.ThrowsAnyAsync<Exception>(() => executing);
        await connection.DisposeAsync();
        Assert.NotEqual(pid, await PidAsync(source));
        Assert.Equal(0, await RowsAsync(table));
    }

    [SkippableFact]
    public async Task A_connection_enlists_by_hand_in_one_transaction_at_a_time()
    {
        await using var source = Source();
        var table = await TableAsync();
        await using var connection = await source.OpenConnectionAsync();
        using (var transaction = new CommittableTransaction())
        {
            connection.EnlistTransaction(transaction);
            connection.EnlistTransaction(transaction);
            using var other = new CommittableTransaction();
            Assert.Throws<InvalidOperationException>(() => connection.EnlistTransaction(other));
            await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
            transaction.Commit();
        }

        Assert.Equal(1, await RowsAsync(table));
        using (var transaction = new CommittableTransaction())
        {
            connection.EnlistTransaction(transaction);
            await DoAsync(connection, $"INSERT INTO {table} VALUES (2)");
            transaction.Rollback();
        }

        Assert.Equal(1, await RowsAsync(table));
        Assert.Equal(ConnectionState.Open, connection.State);
    }

    [SkippableFact]
    public async Task Without_the_option_connections_take_no_part()
    {
        await using var source = Source(options: new DbConnectorOptions { EnlistInTransactions = false });
        var table = await TableAsync();
        using (Scope())
        {
            await using var connection = await source.OpenConnectionAsync();
            await DoAsync(connection, $"INSERT INTO {table} VALUES (1)");
        }

        Assert.Equal(1, await RowsAsync(table));
    }

    [SkippableFact]
    public async Task A_commit_that_the_server_refuses_aborts_the_transaction()
    {
        await using var source = Source();
        var table = await TableAsync();
        await Postgres.AskAsync<int>($"ALTER TABLE {table} ADD CONSTRAINT c UNIQUE (name) DEFERRABLE INITIALLY DEFERRED; SELECT 1");
        await Assert.ThrowsAsync<TransactionAbortedException>(async () =>
        {
            using var scope = Scope();
            await using (var connection = await source.OpenConnectionAsync())
            {
                await DoAsync(connection, $"INSERT INTO {table} VALUES (1), (2)");
            }

            scope.Complete();
        });
        Assert.Equal(0, await RowsAsync(table));
        Assert.Equal(0, source.Pool.Snapshot().Leased);
    }

    static Task OpenAsync(PooledDbConnection connection, bool async)
    {
        if (async)
        {
            return connection.OpenAsync();
        }

        connection.Open();
        return Task.CompletedTask;
    }
}

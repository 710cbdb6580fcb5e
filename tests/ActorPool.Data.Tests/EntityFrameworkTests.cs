using ActorPool.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>Entity Framework Core 10 with Npgsql's provider on a pooled data source, unchanged.</summary>
public sealed class EntityFrameworkTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    [SkippableFact]
    public async Task Changes_are_saved_in_batches_read_updated_and_deleted()
    {
        await using var source = Source(maxSize: 2);
        string schema;
        await using (var db = await ShopAsync(source))
        {
            schema = db.Schema;
            db.Items.AddRange(Enumerable.Range(1, 100).Select(number => new Item { Name = $"item {number}", Price = number }));
            Assert.Equal(100, await db.SaveChangesAsync());
            Assert.All(db.Items.Local, item => Assert.NotEqual(0, item.Id));
            foreach (var item in db.Items.Local.Where(item => item.Price > 50))
            {
                item.Name = "dear";
            }

            Assert.Equal(50, await db.SaveChangesAsync());
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        await using (var db = new Shop(new DbContextOptionsBuilder<Shop>().UseNpgsql(source).Options, schema))
        {
            int[] wanted = [1, 2, 3];
            Assert.Equal(3, await db.Items.CountAsync(item => wanted.Contains(item.Price)));
            Assert.Equal(50, await db.Items.Where(item => item.Name == "dear").ExecuteUpdateAsync(set => set.SetProperty(item => item.Price, 0)));
            Assert.Equal(50, await db.Items.Where(item => item.Price == 0).ExecuteDeleteAsync());
            var seen = 0;
            await foreach (var item in db.Items.AsNoTracking().AsAsyncEnumerable())
            {
                seen++;
                if (seen == 10)
                {
                    break;
                }
            }

            Assert.Equal(10, seen);
            Assert.Equal(50, db.Items.Count());
        }

        Assert.Equal(0, source.Pool.Snapshot().Leased);
        Assert.Equal(1, source.Pool.Snapshot().Opened);
    }

    [SkippableFact]
    public async Task Transactions_and_savepoints_hold_and_raw_connections_are_shared()
    {
        await using var source = Source();
        await using var db = await ShopAsync(source);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.Items.Add(new Item { Name = "kept" });
            await db.SaveChangesAsync();
            await transaction.CreateSavepointAsync("here");
            db.Items.Add(new Item { Name = "dropped" });
            await db.SaveChangesAsync();
            await transaction.RollbackToSavepointAsync("here");
            await transaction.CommitAsync();
        }

        Assert.Equal("kept", (await db.Items.AsNoTracking().SingleAsync()).Name);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.ChangeTracker.Clear();
            db.Items.Add(new Item { Name = "rolled back" });
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await db.Items.CountAsync());

        // A transaction of one's own connection, used by EF.
        await using var connection = await source.OpenConnectionAsync();
        await using var own = await connection.BeginTransactionAsync();
        await using var other = new Shop(new DbContextOptionsBuilder<Shop>().UseNpgsql(connection).Options, db.Schema);
        await other.Database.UseTransactionAsync(own);
        other.Items.Add(new Item { Name = "by hand" });
        await other.SaveChangesAsync();
        await own.CommitAsync();
        await other.DisposeAsync();
        await connection.CloseAsync();
        Assert.Equal(2, await db.Items.CountAsync());
    }

    [SkippableFact]
    public async Task A_retrying_strategy_repeats_what_a_lost_connection_broke()
    {
        await using var source = Source(maxSize: 2);
        await using var db = await ShopAsync(source, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(10), null));
        var pid = await PidAsync(source);
        await Postgres.AskAsync<bool>($"SELECT pg_terminate_backend({pid}, 5000)");
        Assert.Equal(0, await db.Items.CountAsync());

        var attempts = 0;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Items.Add(new Item { Name = "once" });
            await db.SaveChangesAsync();
            if (attempts++ == 0)
            {
                var killed = ((PooledDbConnection)db.Database.GetDbConnection()).Unwrap<global::Npgsql.NpgsqlConnection>().ProcessID;
                await Postgres.AskAsync<bool>($"SELECT pg_terminate_backend({killed}, 5000)");
            }

            await transaction.CommitAsync();
        });

        Assert.Equal(2, attempts);
        Assert.Equal(1, await db.Items.CountAsync());
    }

    [SkippableFact]
    public async Task Context_pools_of_the_container_work_on_a_registered_data_source()
    {
        await using var services = new ServiceCollection()
            .AddPooledDbDataSource(NpgsqlFactory.Instance, ConnectionString, static (pool, _) => pool.MaxSize = 2)
            .AddDbContextPool<Numbers>(static (provider, options) => options.UseNpgsql(provider.GetRequiredService<System.Data.Common.DbDataSource>()))
            .BuildServiceProvider();
        for (var i = 0; i < 5; i++)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<Numbers>();
            Assert.Equal(3, await db.Database.SqlQuery<int>($"SELECT generate_series(1, 3) AS \"Value\"").CountAsync());
        }

        var pool = services.GetRequiredService<PooledDbDataSource>().Pool.Snapshot();
        Assert.Equal((0, 1), (pool.Leased, pool.Opened));
    }

    [SkippableFact]
    public async Task Migrations_run_on_a_database_that_exists_and_a_missing_one_is_noticed()
    {
        await using var source = Source();
        await using (var db = Shop(source))
        {
            Assert.True(await db.Database.CanConnectAsync());
            Assert.True(await db.GetService<IRelationalDatabaseCreator>().ExistsAsync());
            await db.Database.MigrateAsync();
        }

        await using var missing = Source(extra: "Database=nowhere");
        await using (var db = Shop(missing))
        {
            Assert.False(await db.Database.CanConnectAsync());
            Assert.False(await db.GetService<IRelationalDatabaseCreator>().ExistsAsync());
        }
    }

    static async Task<Shop> ShopAsync(PooledDbDataSource source, Action<Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder>? configure = null)
    {
        var db = Shop(source, configure);
        await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        return db;
    }

    static Shop Shop(PooledDbDataSource source, Action<Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder>? configure = null) =>
        new(new DbContextOptionsBuilder<Shop>().UseNpgsql(source, configure).Options, $"s{Guid.NewGuid():N}");
}

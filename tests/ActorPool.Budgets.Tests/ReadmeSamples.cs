using ActorPool;
using ActorPool.Budgets;
using ActorPool.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

#pragma warning disable IDE0130 // what the README shows, as it shows it
namespace ReadmeSamples;
#pragma warning restore IDE0130

/// <summary>The code of the README.</summary>
static class Shown
{
    public static WebApplicationBuilder Configured(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddHoconFile("pools.conf", optional: false);
        builder.Services.AddActorPool(builder.Configuration.GetSection("actorpool"), pools => pools.AddDatabaseProvider("Npgsql", NpgsqlFactory.Instance));
        builder.Services.AddActorPoolBudget();
        return builder;
    }

    public static void InCode(IServiceCollection services, string connectionString)
    {
        services.AddActorPool(pools =>
        {
            pools.AddDatabase("orders", NpgsqlFactory.Instance, connectionString);
            pools.UseBudget("orders", "shop");
            pools.AddRedis("cache", "redis://localhost").UseBudget("cache-budget");
        });
        services.AddActorPoolBudget(budgets =>
        {
            budgets.Add(
                "shop",
                options => options.Connections = 180,
                provider => new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = connectionString }));
            budgets.Add(
                "cache-budget",
                options => (options.Connections, options.Lifetime) = (1_000, TimeSpan.FromSeconds(20)),
                provider => new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = ["https://etcd1:2379", "https://etcd2:2379"] }));
        });
    }

    public static async Task ByHandAsync(string connectionString, Func<ClusterBudget, PooledDbDataSource, Task> use)
    {
        await using var budget = new ClusterBudget(
            new ClusterBudgetOptions { Name = "shop", Connections = 180 },
            new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = connectionString }));
        await using var pool = PooledDbDataSource.Create(
            NpgsqlFactory.Instance,
            connectionString,
            new PoolOptions { Name = "orders", MaxSize = 100, Budget = budget });

        await use(budget, pool);
    }

    public static string Name(ClusterBudget budget, string connectionString)
    {
        var named = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = budget.ClientName };

        return named.ConnectionString;
    }
}

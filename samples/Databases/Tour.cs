using System.Data.Common;
using System.Transactions;
using ActorPool;
using ActorPool.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Databases;

/// <summary>One way after the other to use a pooled data source.</summary>
static class Tour
{
    public static async Task RunAsync(string connectionString, TextWriter output)
    {
        await using var source = PooledDbDataSource.Create(
            NpgsqlFactory.Instance, connectionString, new PoolOptions { Name = "orders", MaxSize = 20 });

        await using (var connection = await source.OpenConnectionAsync())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT version()";
            output.WriteLine(await command.ExecuteScalarAsync());
        }

        await DapperAsync(source, output);
        await EntityFrameworkAsync(source, output);
        await ScopeAsync(source, output);
        await ProviderAsync(source, output);
        await ContainerAsync(connectionString, output);
        await DirectoryAsync(connectionString, output);
        output.WriteLine(source.Pool.Snapshot());
    }

    static async Task DapperAsync(PooledDbDataSource source, TextWriter output)
    {
        await using var connection = source.CreateConnection();
        var names = await connection.QueryAsync<string>(
            "SELECT rolname FROM pg_roles WHERE oid = ANY(@ids)", new { ids = new[] { 10, 3373 } });
        output.WriteLine($"Dapper: {string.Join(", ", names)}");
    }

    static async Task EntityFrameworkAsync(PooledDbDataSource source, TextWriter output)
    {
        var options = new DbContextOptionsBuilder().UseNpgsql(source, npgsql => npgsql.EnableRetryOnFailure()).Options;
        await using var db = new DbContext(options);
        var tables = await db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM pg_class").SingleAsync();
        output.WriteLine($"Entity Framework: {tables} tables");
    }

    static async Task ScopeAsync(PooledDbDataSource source, TextWriter output)
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        var first = await PidAsync(source);
        var second = await PidAsync(source);   // the same connection: it is the transaction's until that ends
        scope.Complete();
        output.WriteLine($"One transaction, one connection: {first == second}");
    }

    static async Task ProviderAsync(PooledDbDataSource source, TextWriter output)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var export = await connection.Unwrap<NpgsqlConnection>()
            .BeginTextExportAsync("COPY (SELECT 'copied') TO STDOUT");
        output.WriteLine(await Task.Run(export.ReadToEnd));
    }

    static async Task ContainerAsync(string connectionString, TextWriter output)
    {
        var services = new ServiceCollection();
        services.AddPooledDbDataSource(NpgsqlFactory.Instance, connectionString, (pool, options) =>
        {
            pool.MaxSize = 20;
            options.Reset = DbReset.Session;
        });
        services.AddDbContextPool<DbContext>((provider, options) =>
            options.UseNpgsql(provider.GetRequiredService<DbDataSource>()));

        await using var container = services.BuildServiceProvider();
        await using var scope = container.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        output.WriteLine($"From the container: {await db.Database.CanConnectAsync()}");
    }

    static async Task DirectoryAsync(string connectionString, TextWriter output)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);

        var options = new DatabaseDirectoryOptions { ConnectionString = "Timeout=5" };
        options.Directory.DefaultCredentials = CredentialProvider.Fixed(settings.Username, settings.Password);
        options.Directory.CredentialsByHost["reports.internal"] = CredentialProvider.Fixed("reader", "…");
        await using var databases = new DatabaseDirectory(NpgsqlFactory.Instance, options);

        var orders = databases.GetDataSource(settings.Host!, settings.Database!, settings.Port);
        await using var connection = await orders.OpenConnectionAsync();
        output.WriteLine($"From the directory: {connection.Database}");
    }

    static async Task<int> PidAsync(PooledDbDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT pg_backend_pid()");
    }
}

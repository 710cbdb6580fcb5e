using ActorPool.Servers;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>Pools per host and database.</summary>
public sealed class DatabaseDirectoryTests(SharedPostgres postgres) : PostgresTest(postgres)
{
    [SkippableFact]
    public async Task Each_host_and_database_has_one_pool_with_the_credentials_of_the_host_or_the_default()
    {
        await Postgres.AskAsync<int>("DO $$ BEGIN CREATE ROLE local LOGIN PASSWORD 'here'; END $$; SELECT 1");
        var options = new DatabaseDirectoryOptions { ConnectionString = "SSL Mode=Disable" };
        options.Directory.DefaultCredentials = CredentialProvider.Fixed("postgres", null);
        options.Directory.CredentialsByHost["localhost"] = CredentialProvider.Fixed("local", "here");
        await using var directory = new DatabaseDirectory(NpgsqlFactory.Instance, options);
        var port = Postgres.Server.Port;
        var first = directory.GetDataSource("127.0.0.1", "postgres", port);
        Assert.Same(first, directory.GetDataSource("127.0.0.1", "postgres", port));
        Assert.Same(first, directory.GetDataSource(new Endpoint("127.0.0.1", port, "postgres")));
        Assert.NotSame(first, directory.GetDataSource("127.0.0.1", "template1", port));
        Assert.Equal(("postgres", "postgres"), await WhoAsync(first));
        Assert.Equal(("postgres", "template1"), await WhoAsync(directory.GetDataSource("127.0.0.1", "template1", port)));
        Assert.Equal(("local", "postgres"), await WhoAsync(directory.GetDataSource("LOCALHOST", "postgres", port)));
        Assert.Equal(3, directory.Pools.Count);
        Assert.DoesNotContain("here", directory.GetDataSource("localhost", "postgres", port).ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_data_source_whose_pool_was_put_out_goes_on_with_a_new_one()
    {
        var options = new DatabaseDirectoryOptions { ConnectionString = "SSL Mode=Disable;Username=postgres" };
        options.Directory.MaxPools = 1;
        await using var directory = new DatabaseDirectory(NpgsqlFactory.Instance, options);
        var first = directory.GetDataSource("127.0.0.1", "postgres", Postgres.Server.Port);
        Assert.Equal("postgres", (await WhoAsync(first)).Database);
        Assert.Equal("template1", (await WhoAsync(directory.GetDataSource("127.0.0.1", "template1", Postgres.Server.Port))).Database);
        Assert.Equal("postgres", (await WhoAsync(first)).Database);
        using (var connection = first.OpenConnection())
        {
            Assert.Equal("postgres", await AskAsync<string>(connection, "SELECT current_database()::text"));
        }

        Assert.Single(directory.Pools);
    }

    [SkippableFact]
    public async Task A_closed_directory_and_a_host_without_credentials_are_refused()
    {
        var options = new DatabaseDirectoryOptions();
        options.Directory.CredentialsByHost["a"] = CredentialProvider.Fixed("u", "p");
        var directory = new DatabaseDirectory(NpgsqlFactory.Instance, options);
        var error = Assert.Throws<PoolException>(() => directory.GetDataSource("b", "orders"));
        Assert.Equal(PoolFailureReason.NoCredentials, error.Reason);
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
        await directory.DisposeAsync();
        Assert.Throws<PoolClosedException>(() => directory.GetDataSource("a", "orders"));
        Assert.Throws<ArgumentException>(() => new DatabaseDirectory(NpgsqlFactory.Instance, new DatabaseDirectoryOptions { ConnectionString = "Hots=x" }));
    }

    static async Task<(string User, string Database)> WhoAsync(PooledDbDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        return (await AskAsync<string>(connection, "SELECT current_user::text"), await AskAsync<string>(connection, "SELECT current_database()::text"));
    }
}

using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ActorPool.Data;
using ActorPool.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ActorPool.Hosting.Tests.Budgeting;

/// <summary>Connections of a budget with a fence call themselves what the fence looks for, whatever else they were to be called.</summary>
public sealed class ClientNameTests
{
    const string Name = "shop/web-1/0123abcd";

    [Theory]
    [InlineData("connection-string = \"Host=db.internal;Password=hunter2\"")]
    [InlineData("connection-string = \"Host=db.internal;Application Name=orders\"")]
    public void PostgreSQLs_are_named_in_their_connection_string(string database)
    {
        using var provider = Build($"orders {{ budget = shop, database {{ provider = Npgsql, {database} }} }}", Name);

        using var connection = provider.GetRequiredKeyedService<PooledDbDataSource>("orders").CreateConnection();

        Assert.Contains($"Application Name={Name}", connection.ConnectionString, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_a_fence_they_keep_their_names()
    {
        using var provider = Build("orders { budget = shop, database { provider = Npgsql, connection-string = \"Host=a;Application Name=orders\" } }", clientName: null);

        using var connection = provider.GetRequiredKeyedService<PooledDbDataSource>("orders").CreateConnection();

        Assert.Contains("Application Name=orders", connection.ConnectionString, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_provider_whose_connections_have_no_name_is_refused()
    {
        using var provider = Build("orders { budget = shop, database { provider = Nameless, connection-string = \"Server=a\" } }", Name);

        var error = Assert.Throws<ArgumentException>(() => provider.GetRequiredKeyedService<PooledDbDataSource>("orders"));

        Assert.StartsWith("The connections of NamelessFactory have no 'Application Name'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache { budget = shop, redis { host = localhost, port = PORT } }")]
    [InlineData("cache { budget = shop, redis { host = localhost, port = PORT, client-name = other } }")]
    [InlineData("cache { budget = shop, redis { endpoints = [\"localhost:PORT\"] } }")]
    public async Task Rediss_are_named_when_they_log_in(string pool)
    {
        await using var server = new NamedRedis();
        await using var provider = Build(pool.Replace("PORT", server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), Name);

        await using var lease = await provider.GetRequiredKeyedService<IConnectionPool<RedisConnection>>("cache").AcquireAsync();

        Assert.Equal(Name, await server.ClientName);
    }

    static ServiceProvider Build(string pools, string? clientName)
    {
        var services = new ServiceCollection().AddLogging();
        ScriptedCatalog.AddTo(services, clientName);
        services.AddActorPool(
            new ConfigurationBuilder().AddHoconString($"actorpool.pools {{ {pools} }}").Build().GetSection("actorpool"),
            added => added.AddDatabaseProvider("Npgsql", NpgsqlFactory.Instance).AddDatabaseProvider("Nameless", new NamelessFactory()));
        return services.BuildServiceProvider();
    }

    sealed class NamelessFactory : DbProviderFactory
    {
        public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new Words();

        // knows its own words and no others, as providers' builders do
        sealed class Words : DbConnectionStringBuilder
        {
            public override bool TryGetValue(string keyword, [NotNullWhen(true)] out object? value)
            {
                value = null;
                return keyword == "Server" && base.TryGetValue(keyword, out value);
            }
        }
    }
}

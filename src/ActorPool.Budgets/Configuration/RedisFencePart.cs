using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Configuration.Tables;
using ActorPool.Hosting.Connectors;
using ActorPool.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Configuration;

/// <summary><c>fence { redis { url = … } }</c>: the options of a pool's <c>redis</c>, of one server.</summary>
sealed class RedisFencePart : IBudgetPart<IGrantFence>
{
    public Func<IServiceProvider, IGrantStore?, IGrantFence> Read(PartPlace place, ConfigurationProblems problems)
    {
        var redis = new RedisEntry { Connection = { ClientName = "actorpool-fence" } };
        var reading = new OptionReading(problems, place.ActorPool);
        reading.ReadDefaults("Tcp", redis.Connection.Tcp, TcpOptionTable.Sockets, [.. TcpEntryTable.Table.Keys]);
        RedisEntryTable.Table.Read(place.Section, redis, reading);
        if (!place.Section.GetChildren().Any())
        {
            problems.Add(place.Budget.Fence!.Path, "does not say at which server: fence { redis { url = … } } is needed");
        }
        else if (redis.Directory is not null || redis.Endpoints.Count > 0)
        {
            problems.Add(place.Section.Path, "has several servers: a fence asks the one whose connections are counted");
        }

        OptionRules.Add(redis.Connection.Problems(), reading, place.Section.Path);
        var name = $"fence of {place.Budget.Key}";
        return (provider, _) => Make(redis.Connection, name, provider);
    }

    static OwningFence Make(RedisOptions connection, string name, IServiceProvider provider)
    {
        connection.Tcp = TcpConfigured.OptionsFor(provider, connection.Tcp);
        var runtime = provider.GetRequiredService<PoolRuntime>();
        var pool = ConnectionPool.Create(new RedisConnector(connection), new PoolOptions { Name = name, MaxSize = 1 }, runtime);
        return new OwningFence(new RedisGrantFence(pool, runtime), pool);
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Redis.Tests;

/// <summary>Pools from a container.</summary>
public sealed class RedisServiceCollectionTests
{
    [Fact]
    public async Task A_pool_is_a_singleton_that_the_container_closes()
    {
        IConnectionPool<RedisConnection> pool;
        await using (var services = new ServiceCollection().AddRedisPool("redis://127.0.0.1:1?max_connections=3", options => options.Pool.Name = "cache").BuildServiceProvider())
        {
            pool = services.GetRequiredService<IConnectionPool<RedisConnection>>();

            Assert.Same(pool, services.GetRequiredService<ConnectionPool<RedisConnection>>());
            Assert.Equal(("cache", 3), (pool.Name, pool.Snapshot().MaxSize));
        }

        await Assert.ThrowsAsync<PoolClosedException>(async () => await pool.AcquireAsync());
    }

    [Fact]
    public async Task Pools_with_keys_are_told_apart()
    {
        await using var services = new ServiceCollection()
            .AddRedisPool("redis://127.0.0.1:1/0", serviceKey: "sessions")
            .AddRedisPool("redis://127.0.0.1:1/1", serviceKey: "queues")
            .BuildServiceProvider();

        Assert.Equal("redis://127.0.0.1:1/0", services.GetRequiredKeyedService<IConnectionPool<RedisConnection>>("sessions").Name);
        Assert.Equal("redis://127.0.0.1:1/1", services.GetRequiredKeyedService<IConnectionPool<RedisConnection>>("queues").Name);
        Assert.Null(services.GetService<IConnectionPool<RedisConnection>>());
    }

    [Fact]
    public void A_wrong_url_is_told_when_it_is_registered() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddRedisPool("redis://host?nonsense=1"));
}

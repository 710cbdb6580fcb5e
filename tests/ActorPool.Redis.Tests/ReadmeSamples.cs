using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Redis.Tests;

/// <summary>What the README shows, compiled; its blocks are taken from here.</summary>
static class ReadmeSamples
{
    public static async Task FirstAsync(CancellationToken cancellationToken)
    {
        await using var pool = RedisPool.FromUrl("redis://:secret@localhost:6379/0?max_connections=20&socket_timeout=2");

        await pool.ExecuteAsync("SET", ["greeting", "hello", "EX", 60], cancellationToken);
        string? greeting = (await pool.ExecuteAsync("GET", ["greeting"], cancellationToken)).AsString();
        Assert.NotNull(greeting);
    }

    public static async Task PipelineAsync(ConnectionPool<RedisConnection> pool, CancellationToken cancellationToken)
    {
        var pipeline = new RedisPipeline()
            .Add("INCR", "visits")
            .Add("EXPIRE", "visits", 3600)
            .Add("GET", "user:42");

        var replies = await pool.ExecuteAsync(pipeline, cancellationToken);

        long visits = replies[0].AsInt64();          // throws, if this command was answered with an error
        bool expires = replies[1].AsBoolean();
        byte[]? user = replies[2].ToArray();         // null: no such key
        Assert.True(visits > 0 && expires && user is null);
    }

    public static async Task LeaseAsync(ConnectionPool<RedisConnection> pool, CancellationToken cancellationToken)
    {
        await using var lease = await pool.AcquireAsync(cancellationToken);
        var redis = lease.Connection;

        await redis.ExecuteAsync("WATCH", ["balance"], cancellationToken);
        var balance = (await redis.ExecuteAsync("GET", ["balance"], cancellationToken)).AsInt64();
        var replies = await redis.ExecuteAsync(
            new RedisPipeline().Add("MULTI").Add("SET", "balance", balance - 10).Add("EXEC"), cancellationToken);

        bool done = !replies[2].IsNull;              // null: somebody else has changed it
        Assert.True(done);
    }

    public static async Task BlockingAsync(RedisConnection redis, CancellationToken cancellationToken)
    {
        var job = await redis.ExecuteAsync("BLPOP", ["jobs", 30], cancellationToken);
        var sum = await redis.ExecuteAsync("EVALSHA", ["5332031c6b470dc5a0dd9b4bf2030dea6d65de91", 0], TimeSpan.FromMinutes(1), cancellationToken);
        Assert.False(job.IsError || sum.IsError);
    }

    public static void Options(X509Certificate2 certificate)
    {
        var options = new RedisPoolOptions
        {
            Connection =
            {
                Host = "cache.internal",
                Database = 2,
                Protocol = RedisProtocol.Resp3,
                ClientName = "web",
                CommandTimeout = TimeSpan.FromSeconds(1),
                Tcp = { Tls = new TlsOptions { ClientCertificate = certificate } },
            },
            Pool = { Name = "cache", MinSize = 2, MaxSize = 20, Retry = RedisPool.OnceOnTimeout },
        };

        var pool = RedisPool.Create(options);
        Assert.NotNull(pool);
    }

    public static void Services(IServiceCollection services)
    {
        services.AddRedisPool("rediss://cache.internal", options => options.Pool.MinSize = 2);
        services.AddRedisPool("redis://queue.internal", serviceKey: "queue");
    }
}

using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Redis;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>ActorPool.Redis as it is meant to be used: every pipeline is made anew and runs on a lease of its own.</summary>
sealed class PoolCandidate(ConnectionPool<RedisConnection> pool) : IRedisCandidate
{
    public static async ValueTask<IRedisCandidate> OpenAsync(int port, RedisProtocol protocol, int size)
    {
        var pool = RedisPool.Create(new RedisPoolOptions
        {
            Connection = { Host = "127.0.0.1", Port = port, Protocol = protocol },
            Pool = { MinSize = size, MaxSize = size },
        });
        await Opened.WaitAsync(pool, size);
        return new PoolCandidate(pool);
    }

    public async Task WorkAsync(Worker worker, int depth)
    {
        var pipeline = new RedisPipeline();
        while (worker.IsOn)
        {
            pipeline.Clear();
            for (var i = 0; i < depth; i++)
            {
                pipeline.Add("GET", RedisScenario.KeyName);
            }

            using var lease = await pool.AcquireAsync();
            var replies = await lease.Connection.ExecuteAsync(pipeline);
            for (var i = 0; i < depth; i++)
            {
                RedisScenario.Check(replies[i].AsMemory().Length);
            }

            worker.Count();
        }
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}

using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Redis;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>ActorPool.Redis without pipelines: every command on a lease of its own, its reply in memory of its own.</summary>
sealed class CommandCandidate(ConnectionPool<RedisConnection> pool) : IRedisCandidate
{
    public static async ValueTask<IRedisCandidate> OpenAsync(int port, int size)
    {
        var pool = RedisPool.Create(new RedisPoolOptions
        {
            Connection = { Host = "127.0.0.1", Port = port },
            Pool = { MinSize = size, MaxSize = size },
        });
        await Opened.WaitAsync(pool, size);
        return new CommandCandidate(pool);
    }

    public async Task WorkAsync(Worker worker, int depth)
    {
        while (worker.IsOn)
        {
            for (var i = 0; i < depth; i++)
            {
                using var lease = await pool.AcquireAsync();
                var reply = await lease.Connection.ExecuteAsync("GET", RedisScenario.KeyName);
                RedisScenario.Check(reply.AsMemory().Length);
            }

            worker.Count();
        }
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}

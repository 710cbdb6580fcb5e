using ActorPool;
using ActorPool.Redis;

namespace WebApi;

/// <summary>Counts visits in Redis. A typed client: it is given the pool that it was added to.</summary>
public sealed class Visits(IConnectionPool<RedisConnection> pool)
{
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await pool.ExecuteAsync("INCR", ["visits"], cancellationToken)).AsInt64();
}

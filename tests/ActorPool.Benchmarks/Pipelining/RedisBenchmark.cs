using ActorPool.Redis;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>A server to measure on: of its own, with one value in it.</summary>
static class RedisBenchmark
{
    /// <summary>Starts one; null if this machine has none.</summary>
    public static RedisServer? TryStart() =>
        RequiredServer.TryFind("redis-server") is null ? null : StartAsync().GetAwaiter().GetResult();

    static async Task<RedisServer> StartAsync()
    {
        var server = await RedisServer.StartAsync();
        await using var pool = RedisPool.FromUrl($"redis://127.0.0.1:{server.Port}");
        await pool.ExecuteAsync("SET", [RedisScenario.KeyName, new byte[RedisScenario.ValueLength]]);
        return server;
    }
}

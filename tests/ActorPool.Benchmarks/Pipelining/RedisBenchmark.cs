using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Redis;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>Pipelines on leased Redis connections, on a server of their own.</summary>
sealed class RedisBenchmark() : Benchmark("redis", "What a Redis pool costs beside raw sockets that speak the same bytes.")
{
    public override void Run(BenchmarkRun run)
    {
        if (OptionalServer.TryStart(StartAsync, run.Report) is not { } server)
        {
            return;
        }

        try
        {
            var field = new Field(postgres: null);
            foreach (var depth in new[] { 1, 10, 100 })
            {
                run.Compete(new RedisScenario(server.Port, depth), field);
            }

            run.Report.Draw(SectionChart.Of(run.Report.Sections, "throughput × raw", "throughput", "Pipelines per second, beside raw sockets = 1"));
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>One with a value in it.</summary>
    static async Task<RedisServer> StartAsync()
    {
        var server = await RedisServer.StartAsync();
        await using var pool = RedisPool.FromUrl($"redis://127.0.0.1:{server.Port}");
        await pool.ExecuteAsync("SET", [RedisScenario.KeyName, new byte[RedisScenario.ValueLength]]);
        return server;
    }
}

using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Sizing;

/// <summary>Weighs idle connections: opens many, and divides what the heap has grown by.</summary>
static class SizeBenchmark
{
    const int Connections = 20_000;
    const int SmallPoolSize = 20;
    const double BytesMax = 600;

    /// <summary>Weighs them in one pool, without keepalive, and in many pools.</summary>
    public static (IReadOnlyList<SizeResult> Results, Target Target) Run()
    {
        // The first pool makes what is made once: the runtime's timer, the thread pool, the statics.
        Weigh(pools: 1, SmallPoolSize, probes: true);
        var one = Weigh(pools: 1, Connections, probes: true);
        return (
            [
                new SizeResult($"1 pool of {Connections}, keepalive on", one),
                new SizeResult($"1 pool of {Connections}, connector without a probe", Weigh(pools: 1, Connections, probes: false)),
                new SizeResult(
                    $"{Connections / SmallPoolSize} pools of {SmallPoolSize}, keepalive on",
                    Weigh(Connections / SmallPoolSize, SmallPoolSize, probes: true)),
            ],
            Target.AtMost("(size) bytes per idle connection, keepalive on", one, BytesMax));
    }

    static double Weigh(int pools, int size, bool probes)
    {
        var connector = SharedConnection.Connector(probes);
        var opened = new List<ConnectionPool<SharedConnection>>(pools);
        var runtime = new PoolRuntime();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < pools; i++)
        {
            opened.Add(ConnectionPool.Create(connector, new PoolOptions { MinSize = size, MaxSize = size }, runtime));
        }

        foreach (var pool in opened)
        {
            Opened.WaitAsync(pool, size).GetAwaiter().GetResult();
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var pool in opened)
        {
            pool.DrainAsync().GetAwaiter().GetResult();
        }

        return grown / (double)(pools * size);
    }
}

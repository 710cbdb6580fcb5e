using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Scaling;

namespace ActorPool.Benchmarks.Sizing;

/// <summary>Weighs idle connections: opens many, and divides what the heap has grown by.</summary>
sealed class SizeBenchmark() : Benchmark("size", "What an idle connection weighs.")
{
    const int Connections = 20_000;
    const int SmallPoolSize = 20;
    const double BytesMax = 600;

    /// <summary>Weighs them in one pool, without keepalive, and in many pools.</summary>
    public override void Run(BenchmarkRun run)
    {
        // The first pool makes what is made once: the runtime's timer, the thread pool, the statics.
        Weigh(pools: 1, SmallPoolSize, probes: true);
        var one = Weigh(pools: 1, Connections, probes: true);
        var section = new Section(
            "size",
            "size: managed bytes per idle connection, the connection itself left out",
            "idle connections",
            new Column("bytes each", "0"));
        section.Add($"1 pool of {Connections}, keepalive on", one);
        section.Add($"1 pool of {Connections}, connector without a probe", Weigh(pools: 1, Connections, probes: false));
        section.Add(
            $"{Connections / SmallPoolSize} pools of {SmallPoolSize}, keepalive on",
            Weigh(Connections / SmallPoolSize, SmallPoolSize, probes: true));
        section.Expect(Target.AtMost("(size) bytes per idle connection, keepalive on", one, BytesMax));
        run.Report.Add(section);
    }

    static double Weigh(int pools, int size, bool probes)
    {
        var fleet = Fleet.Open(pools, size, SharedConnection.Connector(probes));
        fleet.Drain();
        return fleet.Bytes / (double)(pools * size);
    }
}

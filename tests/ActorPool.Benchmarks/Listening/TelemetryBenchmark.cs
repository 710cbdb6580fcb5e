using System.Globalization;
using ActorPool.Benchmarks.Candidates;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Listening;

/// <summary>What it costs that somebody listens: on every lease, and each time that all pools are collected.</summary>
sealed class TelemetryBenchmark() : Benchmark("telemetry", "What metrics and traces cost: per lease, and per collection of many pools.")
{
    public override void Run(BenchmarkRun run)
    {
        run.Compete(new ListeningScenario(), new Field(postgres: null));
        Collect(run);
    }

    /// <summary>What an exporter does every ten seconds or so, on more pools than anybody has.</summary>
    static void Collect(BenchmarkRun run)
    {
        var section = new Section(
            "collect",
            "telemetry: one collection of all pools, each of 2 connections and with a name of its own",
            "pools",
            new Column("CPU ms"),
            new Column("measurements", "0"),
            new Column("µs per pool"),
            new Column("B per pool", "0"));
        foreach (var count in run.Options.IsQuick ? new[] { 1, 100 } : [1, 100, 1_000, 10_000])
        {
            section.Add(count.ToString(CultureInfo.InvariantCulture), Collect(count, run.Options.Rounds));
        }

        run.Report.Add(section);
    }

    static double[] Collect(int count, int rounds)
    {
        using var meters = new OwnMeters();
        var runtime = new PoolRuntime { MeterFactory = meters };
        var pools = Enumerable.Range(0, count)
            .Select(number => ConnectionPool.Create(
                SharedConnection.Connector(probes: true), new PoolOptions { Name = $"pool-{number}", MinSize = 2, MaxSize = 2 }, runtime))
            .ToList();
        foreach (var pool in pools)
        {
            Opened.WaitAsync(pool, 2).GetAwaiter().GetResult();
        }

        var measurements = 0;
        using var listener = meters.Listen(() => measurements++);
        listener.RecordObservableInstruments();
        var (times, bytes) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            measurements = 0;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Environment.CpuUsage.TotalTime;
            listener.RecordObservableInstruments();
            times.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        foreach (var pool in pools)
        {
            pool.DrainAsync().GetAwaiter().GetResult();
        }

        var time = Statistics.Median(times);
        return [time, measurements, time * 1e3 / count, Statistics.Median(bytes) / count];
    }
}

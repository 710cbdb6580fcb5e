using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Http;

namespace ActorPool.Benchmarks.Http;

/// <summary>
/// GET of 100 bytes over 8 connections, beside <see cref="HttpClient"/> with as many, and that beside itself: how far apart
/// two of the same kind are is what noise can do here.
/// </summary>
sealed class HttpBenchmark() : Benchmark("http", "What a GET costs over leased connections, beside HttpClient's own.")
{
    const int Connections = 8;

    /// <summary>Fewer pairs would not tell 0.95 from 1.</summary>
    const int PairsMin = 30;

    /// <summary>How far the bound may lie below that of the reference against itself.</summary>
    const double Slack = 0.05;

    const string Ours = "ActorPool.Http";
    const string Reference = "HttpClient (SocketsHttpHandler)";
    const string Again = "the same once more";

    static readonly int[] CallerCounts = [1, 8, 32];

    public override void Run(BenchmarkRun run)
    {
        foreach (var callers in CallerCounts)
        {
            run.Report.Add(RunAsync(run.Options, callers).GetAwaiter().GetResult());
        }

        run.Report.Draw(SectionChart.Of(run.Report.Sections, "throughput × HttpClient", "throughput", "Requests per second, beside HttpClient = 1"));
    }

    static async Task<Section> RunAsync(BenchmarkOptions options, int callers)
    {
        await using var server = new LoopbackHttpServer();
        var candidates = new[] { NewReference(Reference), NewReference(Again), NewOurs() };
        var slices = candidates.Select(_ => new List<(double Us, double Bytes)>()).ToArray();
        var pairs = options.IsQuick ? options.Rounds : Math.Max(options.Rounds, PairsMin + 1);
        var length = options.IsQuick ? options.Slice : TimeSpan.FromMilliseconds(250);
        for (var warmUp = 0; warmUp < (options.IsQuick ? 1 : 6); warmUp++)
        {
            foreach (var candidate in candidates)
            {
                await MeasureAsync(candidate, server.Address, callers, length);
            }
        }

        for (var pair = 0; pair < pairs; pair++)
        {
            for (var turn = 0; turn < candidates.Length; turn++)
            {
                var next = (pair + turn) % candidates.Length;
                slices[next].Add(await MeasureAsync(candidates[next], server.Address, callers, length));
            }
        }

        foreach (var candidate in candidates)
        {
            await candidate.DisposeAsync();
        }

        var section = new Section(
            $"http-{callers}",
            $"http: GET of 100 bytes, {callers} {(callers == 1 ? "caller" : "callers")} on 8 connections; client and server in one process",
            "median of the pairs",
            new Column("µs/request"),
            new Column("requests/s", "0"),
            new Column("B/request", "0"),
            new Column("throughput × HttpClient", "0.000"),
            new Column("lower 95 % bound", "0.000"));
        var ratios = slices.Select(own => new PairedRatio([.. own.Zip(slices[0], (ours, reference) => reference.Us / ours.Us)])).ToArray();
        foreach (var ((candidate, own), ratio) in candidates.Zip(slices).Zip(ratios))
        {
            var us = Statistics.Median(own.Select(slice => slice.Us));
            section.Add(candidate.Name, us, 1e6 / us, Statistics.Median(own.Select(slice => slice.Bytes)), ratio.Median, ratio.LowerBound);
        }

        section.Keep(candidates.Zip(slices, static (candidate, own) => new { candidate.Name, Us = own.Select(static slice => slice.Us) }));
        section.Expect(Target.AtLeast(
            string.Create(CultureInfo.InvariantCulture, $"http, {callers} callers: lower 95 % bound of {Ours} × HttpClient, which × itself has {ratios[1].LowerBound:0.000}"),
            ratios[2].LowerBound,
            ratios[1].LowerBound - Slack));
        return section;
    }

    static HttpCandidate NewReference(string name) => new(name, static () => new SocketsHttpHandler
    {
        MaxConnectionsPerServer = Connections,
        UseProxy = false,
    });

    static HttpCandidate NewOurs()
    {
        var pools = new HttpPools(new HttpPoolOptions { UseProxy = false, Pool = { MaxSize = Connections } });
        return new HttpCandidate(Ours, () => new PooledHttpHandler(pools), pools.DisposeAsync);
    }

    /// <summary>Microseconds and bytes per request.</summary>
    static async Task<(double Us, double Bytes)> MeasureAsync(HttpCandidate candidate, Uri address, int callers, TimeSpan length)
    {
        GC.Collect();
        var counts = new PaddedCounter[callers];
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                await candidate.GetAsync(address);
                counts[caller].Increment();
            }
        })));
        var took = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        double requests = counts.Sum(static count => count.Read());
        return (took.TotalMicroseconds / requests, bytes / requests);
    }
}

using System.Diagnostics;
using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Http;

namespace ActorPool.Benchmarks.Http;

/// <summary>
/// GET of 100 bytes over 8 connections, beside <see cref="HttpClient"/> with as many, and that beside itself: how far apart
/// two of the same kind are is what noise can do here.
/// </summary>
sealed class HttpBenchmark(BenchmarkOptions options)
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

    readonly bool _isQuick = options.Rounds < new BenchmarkOptions().Rounds;

    public IEnumerable<HttpResult> Run() => CallerCounts.Select(callers => RunAsync(callers).GetAwaiter().GetResult());

    public static IEnumerable<Target> Judge(IEnumerable<HttpResult> results) =>
        from result in results
        let ours = result.Rows.Single(row => row.Name == Ours).Throughput
        let same = result.Rows.Single(row => row.Name == Again).Throughput
        select Target.AtLeast(
            $"http, {result.Callers} callers: lower 95 % bound of ActorPool.Http × HttpClient, which × itself has {same.LowerBound.ToString("0.000", CultureInfo.InvariantCulture)}",
            ours.LowerBound,
            same.LowerBound - Slack);

    async Task<HttpResult> RunAsync(int callers)
    {
        await using var server = new LoopbackHttpServer();
        var candidates = new[] { NewReference(Reference), NewReference(Again), NewOurs() };
        var slices = candidates.Select(_ => new List<(double Us, double Bytes)>()).ToArray();
        var pairs = _isQuick ? options.Rounds : Math.Max(options.Rounds, PairsMin + 1);
        var length = _isQuick ? options.Slice : TimeSpan.FromMilliseconds(250);
        for (var warmUp = 0; warmUp < (_isQuick ? 1 : 6); warmUp++)
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

        return new HttpResult(callers, [.. candidates.Zip(slices, (candidate, own) => new HttpRow(
            candidate.Name,
            Statistics.Median(own.Select(slice => slice.Us)),
            Statistics.Median(own.Select(slice => slice.Bytes)),
            new PairedRatio([.. own.Zip(slices[0], (ours, reference) => reference.Us / ours.Us)])))]);
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

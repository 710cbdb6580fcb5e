using System.CommandLine;
using ActorPool.Benchmarks.Loopback;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>
/// From one caller to hundreds on pools of several sizes, with nothing to do and with a real request: where one supervisor
/// bends, and what that means.
/// </summary>
sealed class CallersBenchmark() : Benchmark("callers", "How throughput, waits and fairness change from 1 to 256 callers, on pools of 1, 8 and 64.")
{
    static readonly int[] CallerCounts = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    static readonly int[] QuickCallerCounts = [1, 256];
    static readonly int[] PoolSizes = [1, 8, 64];
    static readonly int[] QuickPoolSizes = [8, 64];

    static readonly Option<int[]> Pools = Counts.Option(
        "--pools", "On pools of how many connections, ascending (1 to 10000 each). Default 1 8 64, or 8 64 with --quick.");

    /// <summary>A round trip takes a hundred times as long as a hand-off: its slices are longer, and there are fewer.</summary>
    const int RequestsPerPassing = 2;

    public override IReadOnlyList<Option> Options => [Counts.Callers, Pools];

    public override void Run(BenchmarkRun run)
    {
        var options = run.Options.IsQuick
            ? run.Options with { Slice = TimeSpan.FromMilliseconds(20), Settle = TimeSpan.FromMilliseconds(5) }
            : run.Options with { Slice = TimeSpan.FromMilliseconds(40), Settle = TimeSpan.FromMilliseconds(8) };
        var requestOptions = options with
        {
            Rounds = Math.Max(1, options.Rounds / RequestsPerPassing) | 1,
            Slice = RequestsPerPassing * options.Slice,
        };
        run.Report.Say(Plan("Without work", options));
        run.Report.Say(Plan("With a request", requestOptions));

        var passing = Measure(run, options, static (callers, poolSize) => new PassingScenario(callers, poolSize));
        CallersReport.Add(run.Report, new CallersUse(
            "passing", "no work, one Task.Yield while holding", passing));

        var server = new LoopbackEcho(EchoConnection.Length);
        try
        {
            var requests = Measure(run, requestOptions, (callers, poolSize) => new RequestScenario(callers, poolSize, server));
            CallersReport.Add(run.Report, new CallersUse(
                "request", $"{EchoConnection.Length} bytes over a loopback socket and back while holding", requests));
            run.Report.Add(BendSection.Of(passing, requests));
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    static string Plan(string use, BenchmarkOptions options) =>
        $"{use} here: {options.Rounds} round{(options.Rounds == 1 ? "" : "s")} of {options.Slice.TotalMilliseconds} ms for each number of callers and pool.";

    static List<CallersCurve> Measure(BenchmarkRun run, BenchmarkOptions options, Func<int, int, CallersScenario> scenario)
    {
        var curves = new List<CallersCurve>();
        foreach (var poolSize in Counts.Chosen(run, Pools, options.IsQuick ? QuickPoolSizes : PoolSizes))
        {
            var results = new List<ScenarioResult>();
            foreach (var callers in Counts.Chosen(run, Counts.Callers, options.IsQuick ? QuickCallerCounts : CallerCounts))
            {
                // The JIT is done with everything after the first.
                var isFirst = curves.Count == 0 && results.Count == 0;
                results.Add(Tournament.Run(
                    scenario(callers, poolSize),
                    new Field(postgres: null),
                    isFirst ? options : options with { WarmUpsMin = 1, WarmUpsMax = 1 }));
            }

            curves.Add(new CallersCurve(poolSize, results));
        }

        return curves;
    }
}

using System.Globalization;
using ActorPool.Benchmarks.Http;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>Writes down what was measured, as it comes.</summary>
sealed class Report(TextWriter output)
{
    readonly List<Target> _targets = [];
    readonly List<ScenarioResult> _scenarios = [];
    readonly List<SizeResult> _sizes = [];

    public IReadOnlyList<Target> Targets => _targets;

    public IReadOnlyList<ScenarioResult> Scenarios => _scenarios;

    public IReadOnlyList<SizeResult> Sizes => _sizes;

    public void Say(string line) => output.WriteLine(line);

    public void Add(ScenarioResult result)
    {
        _scenarios.Add(result);
        _targets.AddRange(result.Scenario.Judge(result));
        output.WriteLine();
        output.WriteLine($"### {result.Scenario.Title}");
        output.WriteLine();
        output.Write(ToTable(result));
        if (result.Find(Names.NoPool) is { } loop)
        {
            output.WriteLine();
            output.WriteLine($"The loop's own {Number(loop.BytesPerLease, "0.0")} B per lease are subtracted from the others' bytes.");
        }
    }

    public void Add(IReadOnlyList<SizeResult> sizes, IEnumerable<Target> targets)
    {
        _sizes.AddRange(sizes);
        _targets.AddRange(targets);
        var table = new Table("idle connections", "bytes each");
        foreach (var size in sizes)
        {
            table.Add(size.What, Number(size.BytesPerConnection, "0"));
        }

        output.WriteLine();
        output.WriteLine("### size: managed bytes per idle connection, the connection itself left out");
        output.WriteLine();
        output.Write(table);
    }

    public void Add(HttpResult result, IEnumerable<Target> targets)
    {
        _targets.AddRange(targets);
        var table = new Table("median of the pairs", "µs/request", "requests/s", "B/request", "throughput × HttpClient", "lower 95 % bound");
        foreach (var row in result.Rows)
        {
            table.Add(
                row.Name,
                Number(row.MicrosecondsPerRequest),
                Number(1e6 / row.MicrosecondsPerRequest, "0"),
                Number(row.BytesPerRequest, "0"),
                Number(row.Throughput.Median, "0.000"),
                Number(row.Throughput.LowerBound, "0.000"));
        }

        output.WriteLine();
        output.WriteLine($"### http: GET of 100 bytes, {result.Callers} {(result.Callers == 1 ? "caller" : "callers")} on 8 connections; client and server in one process");
        output.WriteLine();
        output.Write(table);
    }

    /// <summary>The last word: every target, met or not.</summary>
    public void Judge()
    {
        var table = new Table("target", "measured", "wanted", "verdict");
        foreach (var target in _targets)
        {
            table.Add(target.What, Number(target.Measured, "0.00"), target.Wanted, target.Verdict);
        }

        output.WriteLine();
        output.WriteLine("### targets");
        output.WriteLine();
        output.Write(table);
    }

    static Table ToTable(ScenarioResult result)
    {
        var columns = result.Scenario.Columns;
        var ratio = columns.HasFlag(Columns.TimeRatios) ? "time" : "throughput";
        var references = result.Scenario.References;
        var table = new Table(
        [
            "median of the rounds", "ns/lease", "CPU ns/lease", "M leases/s", "B/lease",
            .. references.Select(name => $"{ratio} × {Short(name)}"),
            .. If(columns.HasFlag(Columns.Fairness), "most/least"),
            .. If(columns.HasFlag(Columns.Waits), "p99 wait µs"),
        ]);
        foreach (var contender in result.Contenders)
        {
            table.Add(
            [
                contender.Name,
                Number(contender.NsPerLease, "0.0"),
                Number(contender.CpuNsPerLease, "0.0"),
                Number(1e3 / contender.NsPerLease, "0.000"),
                Number(result.OwnBytesPerLease(contender), "0.0"),
                .. references.Select(name => Number(
                    columns.HasFlag(Columns.TimeRatios)
                        ? contender.TimeOver(result[name])
                        : contender.ThroughputOver(result[name]))),
                .. If(columns.HasFlag(Columns.Fairness), Number(contender.MostOverLeast)),
                .. If(columns.HasFlag(Columns.Waits), Number(contender.P99WaitUs, "0")),
            ]);
        }

        return table;
    }

    static string Short(string name) => name.Split(' ', '<')[0];

    static string[] If(bool condition, params string[] cells) => condition ? cells : [];

    static string Number(double number, string format = "0.00") =>
        double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "–";
}

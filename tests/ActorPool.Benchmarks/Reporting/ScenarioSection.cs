using System.Globalization;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>What a tournament looks like in a report.</summary>
static class ScenarioSection
{
    public static Section Of(ScenarioResult result)
    {
        var scenario = result.Scenario;
        var columns = scenario.Columns;
        var ratio = columns.HasFlag(Columns.TimeRatios) ? "time" : "throughput";
        var section = new Section(
            scenario.Key,
            scenario.Title,
            "median of the rounds",
            [
                new Column("ns/lease", "0.0"),
                new Column("CPU ns/lease", "0.0"),
                new Column("M leases/s", "0.000"),
                new Column("B/lease", "0.0"),
                .. scenario.References.Select(name => new Column($"{ratio} × {Short(name)}")),
                .. If(columns.HasFlag(Columns.Fairness), new Column("most/least")),
                .. If(columns.HasFlag(Columns.Waits), new Column("p99 wait µs", "0")),
            ]);
        foreach (var contender in result.Contenders)
        {
            section.Add(contender.Name,
            [
                contender.NsPerLease,
                contender.CpuNsPerLease,
                1e3 / contender.NsPerLease,
                result.OwnBytesPerLease(contender),
                .. scenario.References.Select(name => columns.HasFlag(Columns.TimeRatios)
                    ? contender.TimeOver(result[name])
                    : contender.ThroughputOver(result[name])),
                .. If(columns.HasFlag(Columns.Fairness), contender.MostOverLeast),
                .. If(columns.HasFlag(Columns.Waits), contender.P99WaitUs),
            ]);
        }

        if (result.Find(Names.NoPool) is { } loop)
        {
            section.Say(string.Create(
                CultureInfo.InvariantCulture, $"The loop's own {loop.BytesPerLease:0.0} B per lease are subtracted from the others' bytes."));
        }

        section.Expect(scenario.Judge(result));
        section.Keep(result.Contenders.Select(static contender => new { contender.Name, contender.Rounds }));
        return section;
    }

    static string Short(string name) => name.Split(' ', '<')[0];

    static T[] If<T>(bool condition, params T[] cells) => condition ? cells : [];
}

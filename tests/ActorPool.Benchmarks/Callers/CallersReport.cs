using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Callers;

/// <summary>What a use of many callers looks like in a report: a table and two charts for each size of pool.</summary>
static class CallersReport
{
    static readonly string[] Drawn = [Names.ActorPool, Names.Channel, Names.Semaphore];

    public static void Add(Report report, CallersUse use)
    {
        foreach (var curve in use.Curves)
        {
            report.Add(SectionOf(use, curve));
        }
    }

    static Section SectionOf(CallersUse use, CallersCurve curve)
    {
        var section = new Section(
            $"callers-{use.Name}-{curve.PoolSize}",
            $"callers on a pool of {curve.PoolSize}: {use.Description}",
            "callers, median of the rounds",
            new Column("leases/s", "0"),
            new Column("× Channel"),
            new Column("× SemaphoreSlim"),
            new Column("p50 wait µs", "0.0"),
            new Column("p99 wait µs", "0.0"),
            new Column("p99.9 wait µs", "0.0"),
            new Column("most/least"),
            new Column("CPU ns/lease", "0"),
            new Column("B/lease", "0.0"));
        foreach (var result in curve.Results)
        {
            foreach (var contender in result.Contenders)
            {
                section.Add(
                    $"{result.Scenario.Tasks}: {contender.Name}",
                    CallersCurve.LeasesPerSecond(result, contender.Name),
                    contender.ThroughputOver(result[Names.Channel]),
                    contender.ThroughputOver(result[Names.Semaphore]),
                    contender.P50WaitUs,
                    contender.P99WaitUs,
                    contender.P999WaitUs,
                    contender.MostOverLeast,
                    contender.CpuNsPerLease,
                    result.OwnBytesPerLease(contender));
            }
        }

        section.Say(Words(curve));
        section.Draw(Chart(use, curve, "throughput", "leases per second", CallersCurve.LeasesPerSecond, isLogarithmic: false));
        section.Draw(Chart(use, curve, "p99", "µs that 99 in 100 wait at most", static (result, name) => result[name].P99WaitUs, isLogarithmic: true));
        section.Keep(curve.Results.Select(static result => new
        {
            result.Scenario.Key,
            contenders = result.Contenders.Select(static contender => new { contender.Name, contender.Rounds }),
        }));
        return section;
    }

    static string Words(CallersCurve curve)
    {
        var (ours, callers) = curve.Peak(Names.ActorPool);
        var (channel, channelCallers) = curve.Peak(Names.Channel);
        var (most, last) = (curve.Results[^1].Scenario.Tasks, curve.Results[^1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"ActorPool's throughput peaks at {Drawing.Short(Math.Round(ours))} leases/s with {Count(callers)} " +
            $"(Channel<T>: {Drawing.Short(Math.Round(channel))} with {Count(channelCallers)}); " +
            $"{Count(curve.Bend(Names.ActorPool))} {(curve.Bend(Names.ActorPool) == 1 ? "comes" : "come")} within 5 % of it, and {Count(most)} have " +
            $"{CallersCurve.LeasesPerSecond(last, Names.ActorPool) / ours:0.00} × the peak, " +
            $"{last[Names.ActorPool].ThroughputOver(last[Names.Channel]):0.00} × Channel<T>.");
    }

    static string Count(int callers) => callers == 1 ? "1 caller" : string.Create(CultureInfo.InvariantCulture, $"{callers} callers");

    static LineChart Chart(
        CallersUse use, CallersCurve curve, string name, string title, Func<ScenarioResult, string, double> figure, bool isLogarithmic) =>
        new(
            $"{use.Name}-{curve.PoolSize}-{name}",
            $"Pool of {curve.PoolSize}: {use.Description}",
            new Axis("callers", IsLogarithmic: true, [.. curve.Results.Select(static result => (double)result.Scenario.Tasks)]),
            new Axis(title, isLogarithmic),
            [.. Drawn.Select(candidate => new Series(
                candidate, [.. curve.Results.Select(result => ((double)result.Scenario.Tasks, figure(result, candidate)))]))]);
}

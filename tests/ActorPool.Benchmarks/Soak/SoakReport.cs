using System.Globalization;
using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Benchmarks.Reporting;
using ActorPool.Benchmarks.Soak.Watching;

namespace ActorPool.Benchmarks.Soak;

/// <summary>What a soak says: who did what, where every figure is going, and what is left when all is drained.</summary>
static class SoakReport
{
    /// <summary>How much may be left in memory, in kB, by what has grown to the size that the work needed.</summary>
    const double LeftMemoryMax = 1024;

    const string Rule =
        "A figure is flat if its growth over the last two thirds (the median slope of all pairs, times the time) is within what is "
        + "allowed for noise, or if the slope is not above zero with 97.5 % certainty.";

    public static void Write(Report report, SoakPlan plan, Surroundings surroundings, SoakResult result)
    {
        report.Add(Callers(surroundings, result));
        report.Add(Trends("soak-rest", "soak: at rest after each storm, every pool whole and idle", result.AtRest, result));
        report.Add(Trends("soak-weather", "soak: every second, in all weathers", result.EverySecond, result: null));
        report.Add(Drained(result));
        if (plan.Leak != LeakKind.None)
        {
            report.Say();
            report.Say($"Leaked on purpose: {plan.Leak.ToString().ToLowerInvariant()}.");
        }
    }

    static Section Callers(Surroundings surroundings, SoakResult result)
    {
        var section = new Section(
            "soak",
            "soak: what the callers met",
            "pools",
            new Column("callers", "0"),
            new Column("leases", "0"),
            new Column("answers", "0"),
            new Column("wrong", "0"),
            new Column("timed out", "0"),
            new Column("refused", "0"),
            new Column("given up", "0"),
            new Column("broken", "0"),
            new Column("longest overrun ms", "0"));
        foreach (var subject in result.Subjects)
        {
            var tally = subject.Tally;
            section.Add(
                subject.Name,
                subject.Callers,
                tally.Leases,
                tally.Served,
                tally.Wrong,
                tally.TimedOut,
                tally.Refused,
                tally.Cancelled,
                tally.Broken,
                tally.LongestOverrun.TotalMilliseconds);
        }

        section.Say($"{surroundings.Accepted} connections. Weather: {string.Join(", ", surroundings.Spells.Select(static spell => $"{spell.Name} {spell.Count}"))}.");
        section.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"Every pool was whole and idle {Statistics.Median(result.Recoveries):0.00} s after a storm (the median), {result.Recoveries.Max():0.00} s at most."));
        var violations = result.Violations.Concat(result.Subjects.SelectMany(static subject => subject.Tally.Violations.Select(what => $"{subject.Name}: {what}"))).ToArray();
        foreach (var violation in violations)
        {
            section.Say($"VIOLATION: {violation}");
        }

        section.Expect(Target.AtMost("(soak) answers that were somebody else's", result.Subjects.Sum(static subject => subject.Tally.Wrong), 0));
        section.Expect(Target.AtMost("(soak) violations: hanging calls, late acquires, pools too large or not whole again", violations.Length, 0));
        return section;
    }

    static Section Trends(string key, string title, Recorder recorder, SoakResult? result)
    {
        var section = new Section(
            key,
            title,
            "figure",
            new Column("first", "0.#"),
            new Column("last", "0.#"),
            new Column("least", "0.#"),
            new Column("most", "0.#"),
            new Column("per minute"),
            new Column("from"),
            new Column("to"),
            new Column("in a day", "0"),
            new Column("growth"),
            new Column("allowed", "0.#"));
        foreach (var (i, gauge) in recorder.Gauges.Index())
        {
            var values = recorder[i];
            var trend = Trend.Of(recorder.Seconds, values);
            section.Add(
                gauge.Name,
                values[0],
                values[^1],
                values.Min(),
                values.Max(),
                trend.PerMinute,
                trend.Lower,
                trend.Upper,
                trend.PerDay,
                trend.Growth,
                result is null ? double.NaN : gauge.Allowance);
            if (result is not null)
            {
                section.Expect(new Target(
                    $"(soak) {gauge.Name}: growth", trend.Growth, string.Create(CultureInfo.InvariantCulture, $"flat (≤ {gauge.Allowance})"), trend.IsFlat(gauge.Allowance)));
            }
        }

        section.Keep(new
        {
            recorder.Seconds,
            Values = recorder.Gauges.Index().ToDictionary(static gauge => gauge.Item.Name, gauge => recorder[gauge.Index]),
        });
        if (result is not null)
        {
            section.Say(Rule);
            section.Draw(Chart(result, result.Census.Memory, "memory", "Managed memory after a collection, kB"));
            section.Draw(Chart(result, result.Census.Handles, "handles", "Open handles of the process, servers and proxies included"));
        }

        return section;
    }

    static Section Drained(SoakResult result)
    {
        var section = new Section(
            "soak-drained",
            "soak: what is left when every pool is drained",
            "figure",
            new Column("before", "0.#"),
            new Column("after", "0.#"),
            new Column("left", "0.#"));
        foreach (var (i, gauge) in result.Drained.Gauges.Index())
        {
            var (before, after) = (result.Drained[i][0], result.Drained[i][1]);
            section.Add(gauge.Name, before, after, after - before);
            if (gauge == result.Census.Handles || gauge == result.Census.Timers || gauge == result.Census.PoolTimers)
            {
                section.Expect(Target.AtMost($"(soak) {gauge.Name} left when drained", after - before, 0));
            }
            else if (gauge == result.Census.Memory)
            {
                section.Expect(Target.AtMost($"(soak) {gauge.Name} left when drained", after - before, LeftMemoryMax));
            }
        }

        section.Say("Before: after a rehearsal of some seconds with all pools, drained as well.");
        return section;
    }

    static LineChart Chart(SoakResult result, Gauge gauge, string name, string title) => new(
        name,
        title,
        new Axis("minutes"),
        new Axis(gauge.Name),
        [Line("every second", result.EverySecond, gauge), Line("at rest", result.AtRest, gauge)]);

    static Series Line(string name, Recorder recorder, Gauge gauge)
    {
        var index = recorder.Gauges.Index().First(one => one.Item == gauge).Index;
        return new Series(name, [.. recorder.Seconds.Zip(recorder[index], static (second, value) => (second / 60, value))]);
    }
}

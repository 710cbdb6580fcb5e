using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Guarding;

/// <summary>Compares what was just measured with what is kept.</summary>
static class Guard
{
    /// <summary>Adds a target for each guarded figure of a benchmark that has been run.</summary>
    /// <returns>Whether all are well.</returns>
    public static bool Check(string benchmark, Report report)
    {
        var figures = GuardedFigures.All.Where(figure => string.Equals(figure.Benchmark, benchmark, StringComparison.Ordinal)).ToArray();
        if (figures.Length == 0 || report.Sections.Count == 0)
        {
            // Nothing to guard, or no server to measure it on.
            return true;
        }

        var table = new Section(
            $"{benchmark}-guard", $"guard: {benchmark} beside the results that are kept", "figure",
            new Column("now"), new Column("kept"), new Column("limit"));
        var missed = new List<string>();
        foreach (var figure in figures)
        {
            var name = $"{figure.Section}, {figure.Row}: {figure.Column}";
            var now = Find(report, figure);
            var kept = KeptResults.Find(figure);
            table.Add(name, now ?? double.NaN, kept ?? double.NaN, kept is { } was ? figure.LimitOf(was) : double.NaN);
            if (kept is null)
            {
                missed.Add($"{name} is guarded, but not kept: run `{benchmark} --results tests/ActorPool.Benchmarks/results`.");
            }
            else if (now is null)
            {
                missed.Add($"{name} is guarded, but was not measured.");
            }
            else if (!figure.Allows(now.Value, kept.Value))
            {
                missed.Add(FormattableString.Invariant(
                    $"{name} is {now:0.###}; kept is {kept:0.###}, which allows {figure.LimitOf(kept.Value):0.###}. If that is meant, measure and keep it anew."));
            }
        }

        foreach (var line in missed)
        {
            table.Say($"**{line}**");
        }

        report.Add(table);
        return missed.Count == 0;
    }

    static double? Find(Report report, GuardedFigure figure)
    {
        var values = from section in report.Sections
                     where string.Equals(section.Key, figure.Section, StringComparison.Ordinal)
                     from row in section.Rows
                     where string.Equals(row.Name, figure.Row, StringComparison.Ordinal)
                     from cell in section.Columns.Zip(row.Figures)
                     where string.Equals(cell.First.Head, figure.Column, StringComparison.Ordinal)
                     select (double?)cell.Second;
        return values.FirstOrDefault();
    }
}

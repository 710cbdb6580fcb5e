using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Plotting;

/// <summary>The same column of several sections as one picture.</summary>
static class SectionChart
{
    /// <param name="sections">One group of bars each.</param>
    /// <param name="column">The column's head, which is the unit.</param>
    /// <param name="name">What the picture's file is called.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="without">Rows that are left out.</param>
    public static BarChart Of(IEnumerable<Section> sections, string column, string name, string title, params IReadOnlyList<string> without) =>
        new(name, title, column, [.. sections.Select(section => ToGroup(section, column, without))]);

    static BarGroup ToGroup(Section section, string column, IReadOnlyList<string> without)
    {
        var index = section.Columns.Index().First(candidate => string.Equals(candidate.Item.Head, column, StringComparison.Ordinal)).Index;
        return new BarGroup(
            section.Title,
            [.. section.Rows.Where(row => !without.Contains(row.Name, StringComparer.Ordinal)).Select(row => new Bar(row.Name, row.Figures[index]))]);
    }
}

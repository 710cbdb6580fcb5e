using ActorPool.Benchmarks.Plotting;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>The answer to one question: a table of figures, what is to be said about it, and what it had to be.</summary>
/// <param name="key">Its name for programs, such as <c>b64</c>; one of its kind in the whole report.</param>
/// <param name="title">The question in a line.</param>
/// <param name="rowHead">What the rows are.</param>
/// <param name="columns">What is known of each.</param>
sealed class Section(string key, string title, string rowHead, params IReadOnlyList<Column> columns)
{
    readonly List<Row> _rows = [];
    readonly List<string> _notes = [];
    readonly List<Target> _targets = [];
    readonly List<Chart> _charts = [];

    public string Key { get; } = key;

    public string Title { get; } = title;

    public string RowHead { get; } = rowHead;

    public IReadOnlyList<Column> Columns { get; } = columns;

    public IReadOnlyList<Row> Rows => _rows;

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<Target> Targets => _targets;

    public IReadOnlyList<Chart> Charts => _charts;

    /// <summary>The single measurements behind the figures, for programs; null if they are not kept.</summary>
    public object? Samples { get; private set; }

    /// <summary>Adds a row: one figure for each column, not a number where it means nothing.</summary>
    public void Add(string row, params IReadOnlyList<double> figures)
    {
        if (figures.Count != Columns.Count)
        {
            throw new ArgumentException($"{row} has {figures.Count} figures for {Columns.Count} columns.", nameof(figures));
        }

        _rows.Add(new Row(row, figures));
    }

    /// <summary>Says something below the table.</summary>
    public void Say(string note) => _notes.Add(note);

    /// <summary>Adds what a figure had to be.</summary>
    public void Expect(Target target) => _targets.Add(target);

    /// <summary>Adds what a figure had to be.</summary>
    public void Expect(IEnumerable<Target> targets) => _targets.AddRange(targets);

    /// <summary>Adds a picture of it, which is written beside the results.</summary>
    public void Draw(Chart chart) => _charts.Add(chart);

    /// <summary>Keeps the single measurements.</summary>
    public void Keep(object samples) => Samples = samples;
}

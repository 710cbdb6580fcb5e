using System.Globalization;
using System.Text;
using ActorPool.Benchmarks.Plotting;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>What one benchmark has found, in Markdown, written down as it comes.</summary>
sealed class Report(TextWriter output)
{
    readonly List<Section> _sections = [];
    readonly List<Chart> _charts = [];
    readonly StringBuilder _text = new();

    public IReadOnlyList<Section> Sections => _sections;

    public IEnumerable<Target> Targets => _sections.SelectMany(static section => section.Targets);

    /// <summary>Pictures of single sections, and of several.</summary>
    public IEnumerable<Chart> Charts => _sections.SelectMany(static section => section.Charts).Concat(_charts);

    /// <summary>All that was said.</summary>
    public string Text => _text.ToString();

    public void Say(string line = "")
    {
        _text.AppendLine(line);
        output.WriteLine(line);
    }

    public void Add(Section section)
    {
        _sections.Add(section);
        var table = new Table([section.RowHead, .. section.Columns.Select(static column => column.Head)]);
        foreach (var row in section.Rows)
        {
            table.Add([row.Name, .. row.Figures.Zip(section.Columns, static (figure, column) => Number(figure, column.Format))]);
        }

        Say();
        Say($"### {section.Title}");
        Say();
        Say(table.ToString().TrimEnd());
        foreach (var note in section.Notes)
        {
            Say();
            Say(note);
        }
    }

    /// <summary>Adds a picture of several sections, which is written beside the results.</summary>
    public void Draw(Chart chart) => _charts.Add(chart);

    /// <summary>The last word: every target, met or not.</summary>
    public void Judge()
    {
        var table = new Table("target", "measured", "wanted", "verdict");
        foreach (var target in Targets)
        {
            table.Add(target.What, Number(target.Measured, "0.00"), target.Wanted, target.Verdict);
        }

        Say();
        Say("### targets");
        Say();
        Say(table.ToString().TrimEnd());
    }

    static string Number(double number, string format) =>
        double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "–";
}

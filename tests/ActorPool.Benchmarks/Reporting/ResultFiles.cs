using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>What is kept of a benchmark: its report as Markdown, the same figures for programs, and pictures.</summary>
static class ResultFiles
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes <c>name.md</c>, <c>name.json</c> and a <c>name-chart.svg</c> for every chart into a folder, over what was there.</summary>
    public static void Write(string folder, string name, Machine machine, Report report)
    {
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), report.Text);
        var figures = new
        {
            benchmark = name,
            measured = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            machine,
            report.Targets,
            sections = report.Sections.Select(static section => new
            {
                section.Key,
                section.Title,
                rows = section.Rows.Select(row => new
                {
                    row.Name,
                    figures = section.Columns.Zip(row.Figures).ToDictionary(static pair => pair.First.Head, static pair => pair.Second),
                }),
                section.Notes,
                section.Samples,
            }),
        };
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(figures, Format));
        foreach (var chart in report.Charts)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}-{chart.Name}.svg"), chart.ToSvg());
        }
    }
}

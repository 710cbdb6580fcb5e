using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorPool.Benchmarks.Reporting;

/// <summary>The same figures for programs: every round, not only the medians.</summary>
static class JsonReport
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string path, Machine machine, Report report)
    {
        var figures = new
        {
            machine,
            report.Targets,
            scenarios = report.Scenarios.Select(static result => new
            {
                result.Scenario.Key,
                result.Scenario.Title,
                contenders = result.Contenders.Select(static contender => new { contender.Name, contender.Rounds }),
            }),
            report.Sizes,
        };
        File.WriteAllText(path, JsonSerializer.Serialize(figures, Format));
    }
}

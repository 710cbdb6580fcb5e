using System.Text.Json;

namespace ActorPool.Benchmarks.Guarding;

/// <summary>The results that are kept in the repository, as they were when this program was built.</summary>
static class KeptResults
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "results");

    /// <summary>What a figure was; null if none is kept.</summary>
    public static double? Find(GuardedFigure figure)
    {
        var path = Path.Combine(Folder, $"{figure.Benchmark}.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = JsonDocument.Parse(File.ReadAllText(path));
        var value = from section in file.RootElement.GetProperty("sections").EnumerateArray()
                    where section.GetProperty("key").ValueEquals(figure.Section)
                    from row in section.GetProperty("rows").EnumerateArray()
                    where row.GetProperty("name").ValueEquals(figure.Row)
                    from cell in row.GetProperty("figures").EnumerateObject()
                    where cell.NameEquals(figure.Column) && cell.Value.ValueKind == JsonValueKind.Number
                    select (double?)cell.Value.GetDouble();
        return value.FirstOrDefault();
    }
}

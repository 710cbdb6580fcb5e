using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Values;

/// <summary>Lists: <c>["a", "b"]</c>, which configuration has as the keys 0 and 1, or one text with commas, for environment variables.</summary>
static class ListText
{
    /// <summary>The values, none for an empty list; null if nothing is said, or something makes no sense, which is a problem then.</summary>
    public static IReadOnlyList<TValue>? Read<TValue>(IConfigurationSection section, ValueKind<TValue> kind, ConfigurationProblems problems)
    {
        var items = section.GetChildren().ToList();
        if (items.Count == 0)
        {
            return section.Value is null ? null : Parse(section.Value, section.Path, kind, problems);
        }

        var values = new List<TValue>();
        foreach (var item in items)
        {
            if (!int.TryParse(item.Key, out _) || item.GetChildren().Any() || item.Value is null)
            {
                problems.Add(item.Path, $"makes no list: a list of values is expected, each {kind.Expected}");
                return null;
            }

            if (!TryAdd(item.Value, item.Path, kind, values, problems))
            {
                return null;
            }
        }

        return values;
    }

    static List<TValue>? Parse<TValue>(string text, string path, ValueKind<TValue> kind, ConfigurationProblems problems)
    {
        var values = new List<TValue>();
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(parts, part => TryAdd(part, path, kind, values, problems)) ? values : null;
    }

    static bool TryAdd<TValue>(string text, string path, ValueKind<TValue> kind, List<TValue> values, ConfigurationProblems problems)
    {
        if (kind.TryParse(text.Trim(), out var value))
        {
            values.Add(value);
            return true;
        }

        problems.Add(path, kind.Refuse(text.Trim()));
        return false;
    }
}

using System.Globalization;
using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Mapping;

/// <summary>
/// A tree as configuration has it: keys joined with colons. Nulls and what is empty are told as Microsoft's JSON provider tells
/// them: null and an empty object are null, an empty array is the empty string.
/// </summary>
sealed class ConfigurationMap
{
    readonly Dictionary<string, string?> _data = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, HoconOrigin> _origins = new(StringComparer.OrdinalIgnoreCase);

    ConfigurationMap()
    {
    }

    public static ConfigurationMap Empty { get; } = new();

    public Dictionary<string, string?> Data => new(_data, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, HoconOrigin> Origins => _origins;

    public static ConfigurationMap Of(HoconValue root)
    {
        var map = new ConfigurationMap();
        map.AddFields(root as HoconObject ?? throw HoconErrors.NotAnObject(root), "");
        return map;
    }

    void AddFields(HoconObject fields, string prefix)
    {
        foreach (var (key, value) in fields)
        {
            Add(prefix + key, value, fields.OriginOf(key));
        }
    }

    void Add(string key, HoconValue value, HoconOrigin origin)
    {
        if (!_origins.TryAdd(key, origin))
        {
            throw HoconErrors.SameKey(origin, key, _origins[key]);
        }

        switch (value)
        {
            case HoconObject { Count: 0 }:
                _data.Add(key, null);
                break;
            case HoconObject fields:
                AddFields(fields, key + ":");
                break;
            case HoconArray { Count: 0 }:
                _data.Add(key, "");
                break;
            case HoconArray elements:
                for (var index = 0; index < elements.Count; index++)
                {
                    Add(string.Create(CultureInfo.InvariantCulture, $"{key}:{index}"), elements[index], elements[index].Origin);
                }

                break;
            case HoconScalar scalar:
                _data.Add(key, scalar.Kind == HoconKind.Null ? null : scalar.Text);
                break;
        }
    }
}

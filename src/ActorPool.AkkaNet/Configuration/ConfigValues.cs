using Akka.Configuration;

namespace ActorPool.AkkaNet.Configuration;

/// <summary>
/// Reads values of an actor system's configuration. What cannot be read, or is out of range, is kept, in one line each with key, text and what is allowed: Akka.NET throws at the
/// first, and does not say which it is.
/// </summary>
/// <param name="config">The configuration.</param>
/// <param name="section">What all keys begin with.</param>
sealed class ConfigValues(Config config, string section)
{
    readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    /// <summary>What is wrong, in the order of reading.</summary>
    public IReadOnlyCollection<string> Problems => _problems.Values;

    /// <summary>Whether a value was not what it must be; its default was returned instead.</summary>
    public bool IsWrong(string key) => _problems.ContainsKey(key);

    public TimeSpan Time(string key, TimeSpan byDefault, TimeRange range)
    {
        var time = Read(key, byDefault, path => config.GetTimeSpan(path, byDefault), $"a time of {range} is expected, such as {Example(byDefault)}");
        if (range.ProblemOf($"{section}.{key}", time) is { } problem)
        {
            _problems.Add(key, problem);
            return byDefault;
        }

        return time;
    }

    /// <summary>A time whose range is looked at later, with those of the other options.</summary>
    public TimeSpan Time(string key, TimeSpan byDefault) =>
        Read(key, byDefault, path => config.GetTimeSpan(path, byDefault), $"a time is expected, such as {Example(byDefault)}");

    public int Number(string key, int byDefault) => Read(key, byDefault, path => config.GetInt(path, byDefault), "a whole number is expected");

    public bool Switch(string key, bool byDefault) => Read(key, byDefault, path => config.GetBoolean(path, byDefault), "on or off is expected");

    public string Text(string key, string byDefault) => config.GetString($"{section}.{key}", byDefault);

    T Read<T>(string key, T byDefault, Func<string, T> read, string expected)
    {
        var path = $"{section}.{key}";
        try
        {
            return read(path);
        }
        catch (Exception)
        {
            // Of several types, by what it is and what it is not.
            _problems.Add(key, $"{path} is {(config.GetString(path) is { } text ? $"'{text}'" : "no single value")}: {expected}");
            return byDefault;
        }
    }

    static string Example(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###}s");
}

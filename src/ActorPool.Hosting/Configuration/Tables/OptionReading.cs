using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>The reading of one options object, from one section or from several after each other: remembers what was written where.</summary>
sealed class OptionReading
{
    readonly Dictionary<string, string> _keys;
    readonly string _prefix;

    /// <summary>Begins a reading.</summary>
    /// <param name="problems">Where to put what is wrong.</param>
    /// <param name="defaults">The object whose <c>tls</c>, <c>tcp</c> and so on are the defaults of those in it; null if there are none.</param>
    public OptionReading(ConfigurationProblems problems, IConfigurationSection? defaults = null)
        : this(problems, defaults, [], "")
    {
    }

    OptionReading(ConfigurationProblems problems, IConfigurationSection? defaults, Dictionary<string, string> keys, string prefix) =>
        (Problems, Defaults, _keys, _prefix) = (problems, defaults, keys, prefix);

    /// <summary>Where to put what is wrong.</summary>
    public ConfigurationProblems Problems { get; }

    /// <summary>The object whose <c>tls</c>, <c>tcp</c> and so on are the defaults of those in it; null if there are none.</summary>
    public IConfigurationSection? Defaults { get; }

    /// <summary>The reading of an object inside.</summary>
    public OptionReading Inside(string property) => new(Problems, Defaults, _keys, $"{_prefix}{property}.");

    /// <summary>Sets what <see cref="Defaults"/> say of all objects of a name.</summary>
    public void ReadDefaults<TOptions>(string property, TOptions options, OptionTable<TOptions> table, IReadOnlyCollection<string>? others = null)
    {
        if (Defaults?.GetSection(OptionName.Kebab(property)) is { } section)
        {
            table.Read(section, options, Inside(property), others);
        }
    }

    /// <summary>Remembers which key said what a property is.</summary>
    public void Wrote(string property, string key) => _keys[_prefix + property] = key;

    /// <summary>Which key said what a property is; null if none did.</summary>
    public string? KeyOf(string property) => _keys.GetValueOrDefault(_prefix + property);

    /// <summary>
    /// One option in the order of its sources: an environment variable writes MAXSIZE over a file's max-size. The same
    /// source with two spellings of one option is a problem.
    /// </summary>
    public IReadOnlyList<IConfigurationSection> InOrder(IReadOnlyList<IConfigurationSection> spellings)
    {
        if (spellings.Count == 1)
        {
            return spellings;
        }

        var ranked = spellings.Select(spelling => (Spelling: spelling, Rank: Problems.Places.Rank(spelling.Path))).OrderBy(static option => option.Rank).ToList();
        for (var i = 1; i < ranked.Count; i++)
        {
            if (ranked[i].Rank == ranked[i - 1].Rank)
            {
                Problems.Add(ranked[i].Spelling.Path, $"is given twice, also as {ranked[i - 1].Spelling.Key}");
            }
        }

        return [.. ranked.Select(static option => option.Spelling)];
    }
}

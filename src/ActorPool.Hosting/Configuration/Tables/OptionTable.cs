using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>The options of one class as data: their names, their kinds, and how each is set. Nothing is found by reflection.</summary>
/// <param name="what">Whose options these are, for messages: <c>a pool</c>.</param>
/// <param name="isBeside">Which names stand beside the object that has these options, for those who write them into it; null for none.</param>
sealed partial class OptionTable<TOptions>(string what, Func<string, bool>? isBeside = null)
{
    readonly List<Option<TOptions>> _options = [];

    /// <summary>Whose options these are.</summary>
    public string What { get; } = what;

    /// <summary>All of them, those that text cannot say as well, in the order of their class.</summary>
    public IReadOnlyList<Option<TOptions>> Options => _options;

    /// <summary>What text can say.</summary>
    public IEnumerable<string> Keys => from option in _options where option.Read is not null select option.Key;

    /// <summary>What text can say, those of objects in it with their path: <c>retry.max-attempts</c>.</summary>
    public IEnumerable<string> Paths =>
        from option in _options
        where option.Read is not null
        from path in option.InnerPaths.Any() ? option.InnerPaths.Select(inner => $"{option.Key}.{inner}") : [option.Key]
        select path;

    /// <summary>Whether there is an option of this name, in whatever spelling.</summary>
    public bool Knows(string name) => Find(OptionName.Normal(name)) is not null;

    /// <summary>
    /// Sets what a section says, and leaves what it does not say as it is. What makes no sense becomes a problem, and the
    /// option keeps its value.
    /// </summary>
    /// <param name="section">An object of options.</param>
    /// <param name="options">What to set.</param>
    /// <param name="reading">Where problems go.</param>
    /// <param name="others">What else may be in the section, and is read by others.</param>
    public void Read(IConfigurationSection section, TOptions options, OptionReading reading, IReadOnlyCollection<string>? others = null)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            reading.Problems.Add(section.Path, $"is {ShownText.Of(section.Value)}: an object with the options of {What} is expected");
            return;
        }

        var written = section.GetChildren().ToLookup(static child => OptionName.Normal(child.Key), StringComparer.Ordinal);
        foreach (var option in _options.Where(option => option.Read is not null))
        {
            if (written[option.Normal].ToList() is { Count: > 0 } spellings)
            {
                var inOrder = reading.InOrder(spellings);
                foreach (var place in option.IsObject ? inOrder : inOrder.TakeLast(1))
                {
                    if (place.Exists())
                    {
                        reading.Wrote(option.Property, place.Path);
                    }

                    option.Read!(place, options, reading);
                }
            }
        }

        foreach (var child in written.SelectMany(static same => same))
        {
            Refuse(child, reading.Problems, others ?? []);
        }
    }

    void Refuse(IConfigurationSection child, ConfigurationProblems problems, IReadOnlyCollection<string> others)
    {
        var name = OptionName.Normal(child.Key);
        var option = Find(name);
        if (option is { Refusal: { } refusal })
        {
            problems.Add(child.Path, refusal);
        }
        else if (option is null && !others.Any(other => OptionName.Normal(other) == name))
        {
            problems.Add(child.Path, isBeside?.Invoke(child.Key) == true
                ? $"is no option of {What}, but of its pool: it stands beside {What}"
                : $"is no option of {What}{NearestName.Hint(child.Key, Keys.Concat(others))}");
        }
    }

    Option<TOptions>? Find(string normal) => _options.Find(option => option.Normal == normal);
}

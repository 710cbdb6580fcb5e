using ActorPool.Hosting.Configuration.Places;
using ActorPool.Hosting.Configuration.Values;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Configuration;

/// <summary>Collects what is wrong in a configuration, so that all of it is told together.</summary>
/// <param name="configuration">Where the keys come from, or a section of it: it is asked where they are written.</param>
sealed class ConfigurationProblems(IConfiguration configuration)
{
    readonly List<ConfigurationProblem> _all = [];

    /// <summary>Where keys are written.</summary>
    public KeyPlaces Places { get; } = KeyPlaces.Of(configuration);

    /// <summary>In the order in which they were found; none twice.</summary>
    public IReadOnlyList<ConfigurationProblem> All => _all;

    /// <summary>Adds one.</summary>
    /// <param name="key">The path of the key that is wrong, or of the object in which one is missing.</param>
    /// <param name="text">What is wrong, as a sentence that the key begins; without secrets.</param>
    /// <param name="writtenAt">The key whose place is told, if that is another; null if it is not.</param>
    public void Add(string key, string text, string? writtenAt = null)
    {
        // a section that several pools have their defaults from is read for each of them
        var problem = new ConfigurationProblem(Places.Find(writtenAt ?? key), ShownText.Printable(key), ShownText.Printable(text));
        if (!_all.Contains(problem))
        {
            _all.Add(problem);
        }
    }

    /// <exception cref="PoolConfigurationException">Something is wrong: all of it is listed.</exception>
    public void ThrowIfAny()
    {
        if (_all.Count > 0)
        {
            throw new PoolConfigurationException(_all);
        }
    }
}

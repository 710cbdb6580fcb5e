using System.Runtime.CompilerServices;
using ActorPool.Hocon;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace ActorPool.Hosting.Configuration.Places;

/// <summary>Finds out where the keys of a configuration are written: which file and line, or which other source.</summary>
sealed class KeyPlaces
{
    readonly (IConfigurationProvider Provider, string Prefix)[] _providers;
    readonly Dictionary<IConfigurationProvider, JsonPlaces?> _json = [];

    KeyPlaces(IEnumerable<(IConfigurationProvider Provider, string Prefix)> providers) => _providers = [.. providers];

    /// <summary>The places of a configuration, or of the one that a section is of.</summary>
    public static KeyPlaces Of(IConfiguration configuration) => new(ProvidersOf(configuration, prefix: ""));

    /// <summary>The HOCON files that a configuration is read from.</summary>
    public static IEnumerable<FileConfigurationSource> FilesOf(IConfiguration configuration) =>
        ProvidersOf(configuration, prefix: "").Select(static place => place.Provider).OfType<HoconConfigurationProvider>().Select(static file => file.Source);

    /// <summary>The keys at the top of a configuration, or of the one that a section is of; none if nobody knows.</summary>
    public static IEnumerable<string> TopOf(IConfiguration configuration) =>
        RootOf(configuration)?.GetChildren().Select(static child => child.Key) ?? [];

    /// <summary>Such as <c>pools.conf:12:5</c>: where a key is written, or, if it is not, what it should be in. Null if nobody knows.</summary>
    /// <param name="key">A key, or the path of an object.</param>
    public string? Find(string key)
    {
        for (var path = key; path is { Length: > 0 }; path = ConfigurationPath.GetParentPath(path))
        {
            if (Rank(path) is >= 0 and var rank)
            {
                return Describe(_providers[rank].Provider, _providers[rank].Prefix + path);
            }
        }

        return null;
    }

    /// <summary>Which source a key has its value from: a later one, with a higher number, comes before an earlier one. -1 if nobody knows.</summary>
    /// <param name="key">A key, or the path of an object.</param>
    public int Rank(string key)
    {
        for (var rank = _providers.Length - 1; rank >= 0; rank--)
        {
            var (provider, prefix) = _providers[rank];
            if (provider.TryGet(prefix + key, out _) || provider.GetChildKeys([], prefix + key).Any())
            {
                return rank;
            }
        }

        return -1;
    }

    static IEnumerable<(IConfigurationProvider Provider, string Prefix)> ProvidersOf(IConfiguration configuration, string prefix)
    {
        foreach (var provider in RootOf(configuration)?.Providers ?? [])
        {
            if (provider is ChainedConfigurationProvider { Configuration: var inner })
            {
                var innerPrefix = inner is IConfigurationSection section ? $"{section.Path}{ConfigurationPath.KeyDelimiter}{prefix}" : prefix;
                foreach (var found in ProvidersOf(inner, innerPrefix))
                {
                    yield return found;
                }
            }
            else
            {
                yield return (provider, prefix);
            }
        }
    }

    static IConfigurationRoot? RootOf(IConfiguration configuration)
    {
        if (configuration is IConfigurationRoot root)
        {
            return root;
        }

        try
        {
            return configuration is ConfigurationSection section ? RootField(section) : null;
        }
        catch (MissingFieldException)
        {
            // another version of the library: problems are told without their places
            return null;
        }
    }

    // A section knows its root and tells nobody, and a section is all that AddActorPool is given.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_root")]
    static extern ref IConfigurationRoot RootField(ConfigurationSection section);

    string? Describe(IConfigurationProvider provider, string key) => provider switch
    {
        IHoconOrigins origins => origins.TryGetOrigin(key, out var origin) ? origin.ToString() : null,
        FileConfigurationProvider { Source: { Path: { } path } source } => JsonPlacesOf(provider, source)?.Find(key) is { } position
            ? $"{path}:{position.Line}:{position.Column}"
            : path,
        MemoryConfigurationProvider or StreamConfigurationProvider => null,
        _ => provider.GetType().Name switch
        {
            "EnvironmentVariablesConfigurationProvider" => $"environment variable {VariableOf(provider, key)}",
            "CommandLineConfigurationProvider" => $"command line --{key}",
            var name => name,
        },
    };

    // The provider tells its prefix in its text alone: "EnvironmentVariablesConfigurationProvider Prefix: 'APP_'".
    static string VariableOf(IConfigurationProvider provider, string key)
    {
        var prefix = provider.ToString()?.Split('\'') is [_, var quoted, _] ? quoted : "";
        return $"{prefix}{key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)}".ToUpperInvariant();
    }

    JsonPlaces? JsonPlacesOf(IConfigurationProvider provider, FileConfigurationSource source)
    {
        if (!_json.TryGetValue(provider, out var places))
        {
            _json[provider] = places = source.Path!.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonPlaces.Read(source) : null;
        }

        return places;
    }
}

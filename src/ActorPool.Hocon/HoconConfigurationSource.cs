using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ActorPool.Hocon;

/// <summary>
/// A HOCON file as a source of configuration. A file that is found by its path may include any file that the process may read;
/// one with a <see cref="FileConfigurationSource.FileProvider"/> of its own includes from that alone.
/// </summary>
public sealed class HoconConfigurationSource : FileConfigurationSource
{
    IFileProvider? _foundByPath;

    /// <summary>
    /// How the file is read. Never null; <see cref="HoconOptions.FileName"/> and <see cref="HoconOptions.FileProvider"/> are this
    /// source's, whatever they say.
    /// </summary>
    public HoconOptions Options { get; set => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Whether includes may not leave the file provider's root.</summary>
    internal bool IsConfined => !ReferenceEquals(FileProvider, _foundByPath);

    /// <summary>Makes the provider; <see cref="HoconConfigurationExtensions"/> is the usual way here.</summary>
    /// <param name="builder">What it is for.</param>
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        FindProvider();
        var isFound = FileProvider is null;
        EnsureDefaults(builder);
        _foundByPath = isFound ? FileProvider : _foundByPath;
        return HoconConfigurationProvider.Create(this);
    }

    /// <summary>Finds the folder of an absolute path, if no file provider is set.</summary>
    internal void FindProvider()
    {
        if (FileProvider is null)
        {
            ResolveFileProvider();
            _foundByPath = FileProvider;
        }
    }
}

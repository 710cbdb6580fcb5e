using ActorPool.Hocon.Files;
using ActorPool.Hocon.Reading;
using ActorPool.Hocon.Resolving;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;

namespace ActorPool.Hocon;

/// <summary>
/// Reads HOCON (https://github.com/lightbend/config/blob/main/HOCON.md) without <c>Microsoft.Extensions.Configuration</c>. Every
/// call may run on any thread.
/// </summary>
public static class HoconParser
{
    /// <summary>Reads a text, the files that it includes, and resolves its substitutions.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How; null for the defaults, which refuse includes.</param>
    /// <returns>An object, or an array if the text is one.</returns>
    /// <exception cref="HoconException">The text, or a file that it includes, is not HOCON; a substitution finds nothing or is endless.</exception>
    public static HoconValue Parse(string text, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options = (options ?? new()).Checked();
        var files = options.FileProvider is null ? null : new FileFinder(options.FileProvider, isConfined: true);
        return Parse(text, options, files);
    }

    /// <summary>
    /// Reads a file in UTF-8, the files that it includes, and resolves its substitutions. Includes may name any file that the
    /// process may read. Blocks while it reads.
    /// </summary>
    /// <param name="path">The file. One that ends in <c>.properties</c> is read as Java does.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>An object, or an array if the file is one.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="HoconException">The file, or one that it includes, is not HOCON; a substitution finds nothing or is endless.</exception>
    public static HoconValue ParseFile(string path, HoconOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new FileNotFoundException($"There is no HOCON file '{path}'.", full);
        }

        using var provider = new PhysicalFileProvider(Path.GetDirectoryName(full)!, ExclusionFilters.None);
        var files = new FileFinder(provider, isConfined: false) { Prefix = path[..^Path.GetFileName(path).Length] };
        options = (options ?? new()).With(Path.GetFileName(full), provider).Checked();
        return Parse(files.Read(options.FileName!) ?? "", options, files);
    }

    internal static HoconValue Parse(string text, HoconOptions options, FileFinder? files) =>
        Resolver.Resolve(new ReadSession(options, files).Read(text, options.FileName), options);
}

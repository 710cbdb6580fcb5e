using ActorPool.Hocon;
using ActorPool.Hocon.Files;
using ActorPool.Hocon.Texts;
using Microsoft.Extensions.FileProviders;

#pragma warning disable IDE0130 // where users of configuration look for such methods
namespace Microsoft.Extensions.Configuration;
#pragma warning restore IDE0130

/// <summary>HOCON as a source of configuration.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>
    /// Adds a HOCON file, with the files that it includes. It must be UTF-8; one that ends in <c>.properties</c> is read as Java does.
    /// </summary>
    /// <param name="builder">What it is added to.</param>
    /// <param name="path">The file: absolute, or from the builder's base path on.</param>
    /// <param name="optional">Whether it may be missing; false by default.</param>
    /// <param name="reloadOnChange">
    /// Whether it is read again when it changes or a file that it includes; false by default. What cannot be read then leaves the
    /// last configuration as it is.
    /// </param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, string path, bool optional = false, bool reloadOnChange = false) =>
        AddHoconFile(builder, provider: null, path, optional, reloadOnChange);

    /// <summary>Adds a HOCON file of a file provider, with the files that it includes, which come from there too.</summary>
    /// <param name="builder">What it is added to.</param>
    /// <param name="provider">Where the files are; null for the disk.</param>
    /// <param name="path">The file, from the provider's root on.</param>
    /// <param name="optional">Whether it may be missing.</param>
    /// <param name="reloadOnChange">Whether it is read again when it changes or a file that it includes.</param>
    /// <exception cref="ArgumentException">The path is null or empty.</exception>
    public static IConfigurationBuilder AddHoconFile(
        this IConfigurationBuilder builder, IFileProvider? provider, string path, bool optional, bool reloadOnChange)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.AddHoconFile(source =>
        {
            source.FileProvider = provider;
            source.Path = path;
            source.Optional = optional;
            source.ReloadOnChange = reloadOnChange;
        });
    }

    /// <summary>Adds a HOCON file that a delegate describes.</summary>
    /// <param name="builder">What it is added to.</param>
    /// <param name="configure">Sets the path and whatever else is not as usual; null for nothing.</param>
    public static IConfigurationBuilder AddHoconFile(this IConfigurationBuilder builder, Action<HoconConfigurationSource>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var source = new HoconConfigurationSource();
        configure?.Invoke(source);
        source.FindProvider();
        return builder.Add(source);
    }

    /// <summary>Adds a HOCON text. Its includes are found from the builder's base path on.</summary>
    /// <param name="builder">What it is added to.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    public static IConfigurationBuilder AddHoconString(
        this IConfigurationBuilder builder, string text, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(text);
        return builder.Add(new TextConfigurationSource(text, options ?? new()));
    }

    /// <summary>Adds a stream of HOCON in UTF-8, read to its end at once and left open. Its includes are found from the builder's base path on.</summary>
    /// <param name="builder">What it is added to.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <exception cref="HoconException">It is not UTF-8.</exception>
    public static IConfigurationBuilder AddHoconStream(this IConfigurationBuilder builder, Stream stream, HoconOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return builder.AddHoconString(FileFinder.Read(stream, options?.FileName), options);
    }
}

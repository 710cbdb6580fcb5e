using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Files;
using ActorPool.Hocon.Mapping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace ActorPool.Hocon;

/// <summary>
/// Reads a HOCON file into configuration. With <see cref="FileConfigurationSource.ReloadOnChange"/> it reads it again when the file
/// changes or one that it includes, also one that was not there before. A file that cannot be read then changes nothing: the
/// last configuration stays, and <see cref="FileConfigurationSource.OnLoadException"/> hears of it; what nobody hears there is an
/// unobserved task exception, as are those of subscribers.
/// </summary>
public sealed class HoconConfigurationProvider : FileConfigurationProvider, IHoconOrigins
{
    readonly Lock _loading = new();
    readonly FileWatch? _watch;
    ConfigurationMap _map = ConfigurationMap.Empty;

    HoconConfigurationProvider(HoconConfigurationSource source, bool isWatching)
        : base(source) => _watch = isWatching ? new(TimeSpan.FromMilliseconds(source.ReloadDelay), Load) : null;

    // The base would watch the one file, and forget the configuration when it cannot be read again.
    internal static HoconConfigurationProvider Create(HoconConfigurationSource source)
    {
        var isWatching = source.ReloadOnChange;
        source.ReloadOnChange = false;
        try
        {
            return new(source, isWatching);
        }
        finally
        {
            source.ReloadOnChange = isWatching;
        }
    }

    /// <summary>Reads the file. Blocks meanwhile.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, and it is not optional.</exception>
    /// <exception cref="InvalidDataException">It cannot be read; the inner exception is a <see cref="HoconException"/> if that is why.</exception>
    public override void Load()
    {
        if (TryLoad())
        {
            OnReload();
        }
    }

    /// <summary>Reads a stream instead of the file, with the file's name and includes.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <exception cref="HoconException">It is not HOCON.</exception>
    public override void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_loading)
        {
            Take(Parse(FileFinder.Read(stream, Source.Path), Finder(round: null)));
        }
    }

    /// <inheritdoc/>
    public bool TryGetOrigin(string key, out HoconOrigin origin) => _map.Origins.TryGetValue(key, out origin);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
        }

        base.Dispose(disposing);
    }

    // False if it cannot be read, and that is no reason to throw.
    bool TryLoad()
    {
        if (Attempt() is not { } error)
        {
            return true;
        }

        var context = new FileLoadExceptionContext { Provider = this, Exception = error };
        Source.OnLoadException?.Invoke(context);
        return context.Ignore ? false : throw error;
    }

    Exception? Attempt()
    {
        lock (_loading)
        {
            using var round = _watch?.Begin();
            try
            {
                Read(Finder(round));
                return null;
            }
            catch (Exception error)
            {
                return HoconErrors.NotLoaded(error, PhysicalPath ?? Source.Path ?? "");
            }
        }
    }

    void Read(FileFinder? files)
    {
        var text = files?.Read(Source.Path ?? "");
        if (text is null && !Source.Optional)
        {
            throw HoconErrors.FileNotFound(Source.Path, PhysicalPath);
        }

        Take(text is null ? ConfigurationMap.Empty : Parse(text, files));
    }

    ConfigurationMap Parse(string text, FileFinder? files)
    {
        var options = ((HoconConfigurationSource)Source).Options.With(Source.Path, Source.FileProvider).Checked();
        return ConfigurationMap.Of(HoconParser.Parse(text, options, files));
    }

    void Take(ConfigurationMap map) => (_map, Data) = (map, map.Data);

    FileFinder? Finder(FileWatch.Round? round) => Source.FileProvider is not { } provider
        ? null
        : new(provider, ((HoconConfigurationSource)Source).IsConfined)
        {
            Watching = round is null ? null : round.Add,
            OuterFolder = folder => _watch?.Folder(folder),
        };

    string? PhysicalPath => Source.Path is null ? null : Source.FileProvider?.GetFileInfo(Source.Path).PhysicalPath;
}

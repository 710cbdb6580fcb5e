using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Reading;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;

namespace ActorPool.Hocon.Files;

/// <summary>
/// Finds and reads files. Their paths are relative to the provider's root, with slashes; those outside of it are absolute.
/// </summary>
/// <param name="provider">Where files are.</param>
/// <param name="isConfined">Whether nothing outside of the provider's root may be read.</param>
sealed class FileFinder(IFileProvider provider, bool isConfined)
{
    readonly string? _root = (provider as PhysicalFileProvider)?.Root;

    /// <summary>What goes before the paths in errors and origins, if they are not to be relative to the provider's root.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Given the path of every file before it is looked for, also of those that are not there; null if nobody watches.</summary>
    public Action<IChangeToken>? Watching { get; init; }

    /// <summary>Gives providers for folders outside of the root, to watch them.</summary>
    public Func<string, IFileProvider?> OuterFolder { get; init; } = static _ => null;

    /// <summary>A path as errors show it.</summary>
    public string Shown(string path) => Path.IsPathRooted(path) ? path : Prefix + path;

    /// <summary>The path of a file that one of another path includes.</summary>
    public string Resolve(in IncludeRequest request, string name, string? includingPath)
    {
        name = OperatingSystem.IsWindows() ? name.Replace('\\', '/') : name;
        var from = request.Kind == IncludeKind.Adjacent ? includingPath : null;
        var path = _root is null ? ResolveInside(name, from) : ResolveOnDisk(_root, name, from);
        return path ?? throw HoconErrors.OutsideOfRoot(request);
    }

    /// <summary>The text of a file; null if there is none.</summary>
    public string? Read(string path, HoconOrigin includedAt)
    {
        try
        {
            return Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw HoconErrors.CannotRead(includedAt, Shown(path), error);
        }
    }

    /// <summary>The text of a file; null if there is none.</summary>
    public string? Read(string path)
    {
        Watch(path);
        var file = Find(path);
        if (!file.Exists)
        {
            return null;
        }

        try
        {
            using var stream = file.PhysicalPath is { } physical
                ? new FileStream(physical, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : file.CreateReadStream();
            return Read(stream, Shown(path));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The text of a stream.</summary>
    public static string Read(Stream stream, string? file)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Utf8Text.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), file);
    }

    // Providers leave out what begins with a point; who writes such a name in an include means it.
    IFileInfo Find(string path)
    {
        if (Path.IsPathRooted(path))
        {
            return new PhysicalFileInfo(new FileInfo(path));
        }

        var file = provider.GetFileInfo(path);
        return file.Exists || isConfined || _root is null ? file : new PhysicalFileInfo(new FileInfo(Path.Combine(_root, path)));
    }

    void Watch(string path)
    {
        if (Watching is null)
        {
            return;
        }

        var isOutside = Path.IsPathRooted(path);
        var watched = isOutside ? OuterFolder(Path.GetDirectoryName(path)!) : provider;
        if (watched is not null)
        {
            Watching(watched.Watch(isOutside ? Path.GetFileName(path) : path));
        }
    }

    string? ResolveOnDisk(string root, string name, string? from)
    {
        var folder = from is null ? root : Path.GetDirectoryName(Path.Combine(root, from))!;
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (path.StartsWith(root, StringComparison.Ordinal))
        {
            return path[root.Length..].Replace('\\', '/');
        }

        return isConfined ? null : path;
    }

    static string? ResolveInside(string name, string? from)
    {
        var folders = new List<string>();
        if (from is not null && !name.StartsWith('/'))
        {
            folders.AddRange(from.Split('/')[..^1]);
        }

        foreach (var step in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && folders.Count == 0)
            {
                return null;
            }

            if (step == "..")
            {
                folders.RemoveAt(folders.Count - 1);
            }
            else if (step != ".")
            {
                folders.Add(step);
            }
        }

        return string.Join('/', folders);
    }
}

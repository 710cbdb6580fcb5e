using ActorPool.Hocon.Errors;
using ActorPool.Hocon.Files;
using ActorPool.Hocon.Syntax;

namespace ActorPool.Hocon.Reading;

/// <summary>One reading of a text and of the files that it includes.</summary>
/// <param name="options">How.</param>
/// <param name="files">Where the files are; null refuses includes.</param>
sealed class ReadSession(HoconOptions options, FileFinder? files)
{
    // in the order of the specification: what comes later overrides
    static readonly string[] Extensions = [PropertiesExtension, ".json", ".hocon", ".conf"];
    const string PropertiesExtension = ".properties";

    readonly List<string> _open = [];
    int _includes;

    public HoconOptions Options => options;

    /// <summary>Reads a text and what it includes.</summary>
    public SyntaxNode Read(string text, string? file)
    {
        if (file is not null)
        {
            _open.Add(file);
        }

        return Read(text, file, Place.Root, depth: 0);
    }

    /// <summary>Merges what an include statement names into the object that the statement is in.</summary>
    public void Include(in IncludeRequest request, ObjectNode into, Place place, int depth)
    {
        var name = IncludeName.FileOf(request);
        if (files is null)
        {
            throw HoconErrors.NoFileProvider(request);
        }

        var path = files.Resolve(request, name, _open.Count == 0 ? null : _open[^1]);
        var found = false;
        foreach (var candidate in Candidates(path))
        {
            if (files.Read(candidate, request.NameOrigin) is { } text)
            {
                found = true;
                into.Merge(ReadIncluded(request, candidate, text, place, depth));
            }
        }

        if (!found && request.IsRequired)
        {
            throw HoconErrors.IncludeNotFound(request, Candidates(path).Select(files.Shown));
        }
    }

    ObjectNode ReadIncluded(in IncludeRequest request, string path, string text, Place place, int depth)
    {
        if (_open.Contains(path, StringComparer.Ordinal))
        {
            throw HoconErrors.IncludeCycle(request, _open.SkipWhile(open => open != path).Append(path).Select(files!.Shown));
        }

        if (++_includes > options.MaxIncludes)
        {
            throw HoconErrors.TooManyIncludes(request, options.MaxIncludes);
        }

        _open.Add(path);
        var node = Read(text, path, place, depth);
        _open.RemoveAt(_open.Count - 1);
        return node as ObjectNode ?? throw HoconErrors.IncludedArray(node.Origin);
    }

    SyntaxNode Read(string text, string? file, Place place, int depth)
    {
        var cursor = new Cursor(text, file is null ? null : files?.Shown(file) ?? file);
        return file is not null && file.EndsWith(PropertiesExtension, StringComparison.OrdinalIgnoreCase)
            ? new PropertiesReader(cursor, options.MaxDepth - depth).Read()
            : new DocumentReader(cursor, this, place, depth).Read();
    }

    static IEnumerable<string> Candidates(string path)
    {
        if (Extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
        {
            return [path];
        }

        // An extension of another kind may be part of the name, or make a name that is complete. Without one, a file of just
        // this name is none of ours: that may be the program itself.
        var candidates = Extensions.Select(extension => path + extension);
        return Path.HasExtension(path) ? candidates.Append(path) : candidates;
    }
}

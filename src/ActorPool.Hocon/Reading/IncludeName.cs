using ActorPool.Hocon.Errors;

namespace ActorPool.Hocon.Reading;

/// <summary>Tells names of files from what cannot be included.</summary>
static class IncludeName
{
    static readonly string[] Remote = ["http:", "https:", "ftp:", "jar:"];

    public static string FileOf(in IncludeRequest request)
    {
        var name = request.Name;
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            throw HoconErrors.NoFileName(request);
        }

        if (request.Kind == IncludeKind.Classpath)
        {
            throw HoconErrors.ClasspathRefused(request);
        }

        if (request.Kind == IncludeKind.File)
        {
            return name;
        }

        if (name.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(name, UriKind.Absolute, out var url) && url.IsFile && url.Host.Length == 0)
        {
            return url.LocalPath;
        }

        return request.Kind == IncludeKind.Url
            || Array.Exists(Remote, scheme => name.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                ? throw HoconErrors.UrlRefused(request)
                : name;
    }
}

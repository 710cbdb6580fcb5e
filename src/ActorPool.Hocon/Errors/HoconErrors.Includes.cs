using ActorPool.Hocon.Reading;

namespace ActorPool.Hocon.Errors;

/// <summary>Errors of include statements. A file's name is no secret.</summary>
static partial class HoconErrors
{
    public static HoconException IncludeNotFound(in IncludeRequest request, IEnumerable<string> tried) =>
        new(request.NameOrigin, $"the required file '{Cut(request.Name)}' is not there; looked for {string.Join(", ", tried.Select(Cut))}");

    public static HoconException IncludeCycle(in IncludeRequest request, IEnumerable<string> files) =>
        new(request.NameOrigin, $"'{Cut(request.Name)}' would be included into itself: {string.Join(" → ", files.TakeLast(LinksMax).Select(Cut))}");

    public static HoconException TooManyIncludes(in IncludeRequest request, int max) =>
        new(request.Origin, $"more than {Number(max)} files are included (HoconOptions.MaxIncludes)");

    public static HoconException IncludedArray(HoconOrigin origin) =>
        new(origin, "expected an object in an included file, found an array");

    public static HoconException NoFileName(in IncludeRequest request) => new(request.NameOrigin, "expected the name of a file");

    public static HoconException ClasspathRefused(in IncludeRequest request) =>
        new(request.Origin, "classpath(…) cannot be included, since .NET has none; include a file, or add an embedded one with its file provider");

    public static HoconException UrlRefused(in IncludeRequest request) =>
        new(request.Origin, "a URL cannot be included: reading a configuration does not wait for a network; include a file");

    public static HoconException NoFileProvider(in IncludeRequest request) =>
        new(request.Origin, $"'{Cut(request.Name)}' cannot be included into a text that is no file's without HoconOptions.FileProvider");

    public static HoconException OutsideOfRoot(in IncludeRequest request) =>
        new(request.NameOrigin, $"'{Cut(request.Name)}' is outside of the root of the file provider that the including file comes from");

    public static HoconException CannotRead(HoconOrigin origin, string file, Exception error) =>
        new(origin, $"'{Cut(file)}' cannot be read: {error.Message}", error);
}

namespace ActorPool.Hocon.Errors;

/// <summary>Errors of configuration sources, with the words and types that other file sources have for them.</summary>
static partial class HoconErrors
{
    public static FileNotFoundException FileNotFound(string? path, string? physicalPath) => new(
        $"The configuration file '{path}' was not found and is not optional."
        + (string.IsNullOrEmpty(physicalPath) ? "" : $" The expected physical path was '{physicalPath}'."),
        path);

    public static Exception NotLoaded(Exception error, string path) => error is FileNotFoundException
        ? error
        : new InvalidDataException($"Failed to load configuration from file '{path}': {error.Message}", error);
}

using Microsoft.Extensions.FileProviders;

namespace ActorPool.Hocon;

/// <summary>How a text is read: where its includes and environment variables come from, and how far it may grow.</summary>
public sealed class HoconOptions
{
    /// <summary>
    /// The name that errors and origins give to a text, and the place that its relative includes start from. Null (the default): a
    /// text that is no file's. Sources of files set it themselves.
    /// </summary>
    public string? FileName { get; set; }

    /// <summary>
    /// Where the includes of a text are found. Null (the default): a text with an include is refused. Sources of files set it
    /// themselves.
    /// </summary>
    public IFileProvider? FileProvider { get; set; }

    /// <summary>
    /// Gives the value of an environment variable, or null; it is asked for substitutions that the configuration does not have.
    /// The default asks the process's environment; <c>_ => null</c> turns that off.
    /// </summary>
    public Func<string, string?> Environment { get; set; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// How deep objects and arrays may lie in each other, substitutions lead on and files include files. At least 1; the default
    /// is 500.
    /// </summary>
    public int MaxDepth { get; set; } = 500;

    /// <summary>
    /// How many values substitutions may copy in all, so that a short text cannot become a huge tree; 16 characters of a joined
    /// string count as one. What is written out does not count. At least 0; the default is 1,000,000.
    /// </summary>
    public int MaxExpansion { get; set; } = 1_000_000;

    /// <summary>How many files a text may include in all. At least 0; the default is 1,000.</summary>
    public int MaxIncludes { get; set; } = 1_000;

    internal HoconOptions With(string? fileName, IFileProvider? fileProvider) => new()
    {
        FileName = fileName,
        FileProvider = fileProvider,
        Environment = Environment,
        MaxDepth = MaxDepth,
        MaxExpansion = MaxExpansion,
        MaxIncludes = MaxIncludes,
    };

    internal HoconOptions Checked()
    {
        string?[] problems =
        [
            Environment is null ? $"{nameof(Environment)} is null; _ => null asks no environment" : null,
            MaxDepth < 1 ? $"{nameof(MaxDepth)} is {MaxDepth}, must be at least 1" : null,
            MaxExpansion < 0 ? $"{nameof(MaxExpansion)} is {MaxExpansion}, must be at least 0" : null,
            MaxIncludes < 0 ? $"{nameof(MaxIncludes)} is {MaxIncludes}, must be at least 0" : null,
        ];
        return Array.TrueForAll(problems, static problem => problem is null)
            ? this
            : throw new InvalidOperationException(
                $"{nameof(HoconOptions)}: {string.Join("; ", problems.Where(static problem => problem is not null))}.");
    }
}

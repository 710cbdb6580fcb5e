namespace ActorPool.Budgets.Tests;

/// <summary>The files that these tests were built from.</summary>
static class Repository
{
    static readonly string Root = FindRoot();

    /// <summary>A file's text, with line ends as they are in the repository.</summary>
    public static string Read(string relative) =>
        File.ReadAllText(Path.Combine(Root, relative)).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The files in a folder that match, relative to the root.</summary>
    public static IEnumerable<string> FilesIn(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern).Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ActorPool.sln above {AppContext.BaseDirectory}: these tests read the repository.");
    }
}

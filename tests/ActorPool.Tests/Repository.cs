namespace ActorPool.Tests;

/// <summary>The files that these tests were built from.</summary>
static class Repository
{
    static readonly string[] Folders = ["src", "tests", "samples", "hocon", ".ci"];
    static readonly string[] Made = ["bin", "obj", "artifacts", "TestResults"];

    /// <summary>The folder with the solution in it.</summary>
    public static DirectoryInfo Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root.FullName, relative);

    /// <summary>A file's text, with line ends as they are in the repository.</summary>
    public static string Read(string relative) =>
        File.ReadAllText(PathOf(relative)).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Every file that is written by hand, relative to the root and with slashes, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Folders.SelectMany(FilesBelow).Concat(Root.EnumerateFiles().Where(file => file.Name != ".git").Select(Relative)).Order(StringComparer.Ordinal)];

    /// <summary>The C# files below some folders.</summary>
    public static IEnumerable<string> Sources(params string[] folders) => Files.Where(file =>
        file.EndsWith(".cs", StringComparison.Ordinal)
        && folders.Any(folder => file.StartsWith(folder + "/", StringComparison.Ordinal)));

    static IEnumerable<string> FilesBelow(string folder) =>
        from file in new DirectoryInfo(PathOf(folder)).EnumerateFiles("*", SearchOption.AllDirectories)
        let relative = Relative(file)
        where !relative.Split('/').Any(Made.Contains)
        select relative;

    static string Relative(FileInfo file) => Path.GetRelativePath(Root.FullName, file.FullName).Replace('\\', '/');

    static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No ActorPool.sln above {AppContext.BaseDirectory}: these tests read the repository.");
    }
}

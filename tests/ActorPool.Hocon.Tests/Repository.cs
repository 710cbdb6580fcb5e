namespace ActorPool.Hocon.Tests;

/// <summary>The files that these tests look into.</summary>
static class Repository
{
    static readonly string Root = Find(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).Replace("\r\n", "\n", StringComparison.Ordinal);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ActorPool.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}

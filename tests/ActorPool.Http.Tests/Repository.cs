namespace ActorPool.Http.Tests;

/// <summary>The files that these tests look into.</summary>
static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ActorPool.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}

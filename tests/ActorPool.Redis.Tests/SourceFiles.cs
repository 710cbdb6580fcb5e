namespace ActorPool.Redis.Tests;

/// <summary>The files that these tests were built from.</summary>
static class SourceFiles
{
    public static string PathOf(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ActorPool.sln")))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new InvalidOperationException($"No ActorPool.sln above {AppContext.BaseDirectory}: these tests read the repository.");
    }
}

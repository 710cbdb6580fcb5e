namespace ActorPool.Tests.Servers;

/// <summary>Where a server's program is; tests that need one that is missing are skipped, or fail if servers are required.</summary>
static class RequiredServer
{
    const string Required = "ACTORPOOL_REQUIRE_SERVERS";

    /// <param name="program">The name of its file.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public static string Find(string program, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"]);
        var found = folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        var missing = $"{program} is not installed; on Debian the package {package} brings it (apt-get install {package}).";
        Assert.False(found is null && Environment.GetEnvironmentVariable(Required) == "1", $"{missing} {Required} is 1, so that this is a failure.");
        Skip.If(found is null, missing);
        return found!;
    }
}

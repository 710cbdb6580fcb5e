using Xunit;

namespace ActorPool.Servers;

/// <summary>Where a server's program is; tests that need one that is missing are skipped, or fail if servers are required.</summary>
public static class RequiredServer
{
    const string Required = "ACTORPOOL_REQUIRE_SERVERS";

    /// <summary>Whether what is missing is a failure.</summary>
    public static bool AreRequired => Environment.GetEnvironmentVariable(Required) == "1";

    /// <summary>The whole path of a program; skips the test if this machine does not have it.</summary>
    /// <param name="program">The name of its file.</param>
    /// <param name="package">The Debian package that brings it.</param>
    /// <param name="folders">Where else than in the system's folders it may be.</param>
    public static string Find(string program, string package, params string[] folders) =>
        TryFind(program, folders) ?? throw Missing(program, $"on Debian the package {package} brings it (apt-get install {package})");

    /// <summary>The whole path of a program; null if this machine does not have it.</summary>
    public static string? TryFind(string program, params string[] folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Concat(folders)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>What to throw where a server is missing: skips the test, or fails it if servers are required.</summary>
    public static Exception Missing(string program, string remedy)
    {
        var missing = $"{program} is not installed; {remedy}.";
        return AreRequired
            ? new InvalidOperationException($"{missing} {Required} is 1, so that this is a failure.")
            : new SkipException(missing);
    }
}

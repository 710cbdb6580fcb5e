namespace ActorPool.Benchmarks.StartUp;

/// <summary><c>dotnet publish</c> did not succeed.</summary>
sealed class PublishFailedException(string output) : Exception($"dotnet publish failed:\n{output}")
{
    /// <summary>Whether it lacked a package, which is no fault of what was to be published; null if not.</summary>
    public string? MissingPackage { get; } = output.Split('\n').FirstOrDefault(static line => line.Contains("error NU", StringComparison.Ordinal))?.Trim();
}

namespace ActorPool.Net;

/// <summary>
/// What is in the files that <see cref="TlsOptions"/> names, each null when it names none. Compared by contents, not by
/// time of writing: secrets are often mounted as links to links, whose own time never changes.
/// </summary>
sealed record TlsFiles(string? Ca, string? Certificate, string? Key)
{
    /// <summary>Reads them.</summary>
    /// <exception cref="TlsFailedException">One cannot be read; the message names it.</exception>
    public static async Task<TlsFiles> ReadAsync(TlsOptions options, string endpoint, CancellationToken cancellationToken) => new(
        await ReadAsync(options.CaFile, "CA file", endpoint, cancellationToken).ConfigureAwait(false),
        await ReadAsync(options.ClientCertificateFile, "client certificate file", endpoint, cancellationToken).ConfigureAwait(false),
        await ReadAsync(options.ClientKeyFile, "client key file", endpoint, cancellationToken).ConfigureAwait(false));

    /// <summary>Nothing: the contents are secret.</summary>
    public override string ToString() => nameof(TlsFiles);

    static async Task<string?> ReadAsync(string? path, string what, string endpoint, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var problem = error is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : $"cannot be read: {error.Message}";
            throw new TlsFailedException($"{endpoint}: TLS is not configured right: the {what} {path} {problem}.", OpenFailureKind.Configuration, error);
        }
    }
}

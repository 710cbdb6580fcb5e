namespace ActorPool.Data;

/// <summary>
/// How a <see cref="DatabaseDirectory"/> makes its pools. Checked once, when the directory is made; later changes have no effect.
/// </summary>
public sealed class DatabaseDirectoryOptions
{
    /// <summary>
    /// The directory, its pools and their credentials: <see cref="PoolDirectoryOptions.DefaultCredentials"/> for all hosts,
    /// <see cref="PoolDirectoryOptions.CredentialsByHost"/> for single ones.
    /// </summary>
    public PoolDirectoryOptions Directory { get; set; } = new() { Name = "databases" };

    /// <summary>
    /// What all connections have in common, such as <c>SSL Mode=VerifyFull;Timeout=5</c>. Host, port and database are filled in,
    /// and the credentials, if there are any. Default empty.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How connections are probed, reset and judged.</summary>
    public DbConnectorOptions Connector { get; set; } = new();
}

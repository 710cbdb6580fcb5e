namespace ActorPool;

/// <summary>
/// How a <see cref="PoolDirectory{TConnection}"/> makes its pools. Checked once, when the directory is made: all problems are
/// reported together, and later changes have no effect.
/// </summary>
public sealed class PoolDirectoryOptions
{
    /// <summary>Names the directory in logs and errors. Default <c>"pools"</c>; not empty.</summary>
    public string Name { get; set; } = "pools";

    /// <summary>
    /// What all pools have in common. Each gets a copy, with its endpoint filled in and its name made of
    /// <see cref="PoolOptions.Name"/> and the endpoint, such as <c>pool@db.internal:5432/orders</c>.
    /// <see cref="PoolOptions.Endpoint"/> must be null here.
    /// </summary>
    public PoolOptions Pool { get; set; } = new();

    /// <summary>
    /// Changes the copy for one endpoint before its pool is made; null changes nothing. Runs on the thread of the first use;
    /// what it throws reaches that caller, and the next use tries again. The options may not change the endpoint.
    /// </summary>
    public Action<Endpoint, PoolOptions>? Configure { get; set; }

    /// <summary>
    /// How many pools there may be. Default 100; 1 to 1,000,000. One more puts the least recently used pool out, one without
    /// leases and waiters if there is any: it drains, which lets leases finish, and does not count meanwhile.
    /// </summary>
    public int MaxPools { get; set; } = 100;

    /// <summary>
    /// Who knows the credentials of hosts that <see cref="CredentialsByHost"/> does not name. Default null:
    /// <see cref="PoolOptions.Credentials"/> of <see cref="Pool"/>, if set.
    /// </summary>
    public ICredentialProvider? DefaultCredentials { get; set; }

    /// <summary>
    /// Who knows the credentials of single hosts. The hosts may be written in any way that <see cref="Endpoint"/>
    /// normalises. Where this is not empty, a host with neither an entry nor a default is refused.
    /// </summary>
    public IDictionary<string, ICredentialProvider> CredentialsByHost { get; } =
        new Dictionary<string, ICredentialProvider>(StringComparer.OrdinalIgnoreCase);
}

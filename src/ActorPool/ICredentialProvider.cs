namespace ActorPool;

/// <summary>
/// Knows the credentials of endpoints. A pool asks it before every open (keep in memory what is expensive to get), and again
/// when <see cref="Credentials.RenewAt"/> has come. When the answer differs from the last one, connections opened with the
/// old credentials retire, each after its successor has opened where the pool has room for it.
/// </summary>
public interface ICredentialProvider
{
    /// <summary>
    /// The credentials to open a connection with. Runs on the thread pool as part of the open: its time counts for
    /// <see cref="PoolOptions.ConnectTimeout"/>, and what it throws is a failed open.
    /// </summary>
    /// <param name="endpoint">Where the connection leads; null if the pool was not told (<see cref="PoolOptions.Endpoint"/>).</param>
    /// <param name="cancellationToken">Cancelled when the open is given up.</param>
    ValueTask<Credentials> GetAsync(Endpoint? endpoint, CancellationToken cancellationToken);
}

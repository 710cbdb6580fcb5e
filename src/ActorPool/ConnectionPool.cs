namespace ActorPool;

/// <summary>Makes pools.</summary>
public static class ConnectionPool
{
    /// <summary>
    /// Makes the pool of one endpoint. It opens <see cref="PoolOptions.MinSize"/> connections in the background at once;
    /// the call itself neither waits nor connects.
    /// </summary>
    /// <param name="connector">Opens and closes the connections.</param>
    /// <param name="options">How the pool behaves; null is <c>new PoolOptions()</c>. Copied: later changes have no effect.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public static ConnectionPool<TConnection> Create<TConnection>(
        IConnector<TConnection> connector, PoolOptions? options = null, PoolRuntime? runtime = null)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(connector);
        return new ConnectionPool<TConnection>(connector, options ?? new PoolOptions(), runtime ?? PoolRuntime.Default);
    }
}

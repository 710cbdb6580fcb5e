namespace ActorPool;

/// <summary>Shorter forms of <see cref="IConnectionPool{TConnection}.UseAsync"/>.</summary>
public static class ConnectionPoolExtensions
{
    /// <summary>Leases a connection, runs an operation on it that gives a result, and returns the connection.</summary>
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync"/>
    public static ValueTask<TResult> UseAsync<TConnection, TResult>(
        this IConnectionPool<TConnection> pool,
        Func<TConnection, CancellationToken, ValueTask<TResult>> operation,
        CancellationToken cancellationToken = default)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(operation);
        return pool.UseAsync(static (connection, run, token) => run(connection, token), operation, cancellationToken);
    }

    /// <summary>Leases a connection, runs an operation on it, and returns the connection.</summary>
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync"/>
    public static async ValueTask UseAsync<TConnection>(
        this IConnectionPool<TConnection> pool,
        Func<TConnection, CancellationToken, ValueTask> operation,
        CancellationToken cancellationToken = default)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(operation);
        await pool.UseAsync(
            static async (connection, run, token) =>
            {
                await run(connection, token).ConfigureAwait(false);
                return true;
            },
            operation,
            cancellationToken).ConfigureAwait(false);
    }
}

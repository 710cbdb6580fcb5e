namespace ActorPool;

/// <summary>Shorter forms of <see cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>.</summary>
public static class ConnectionPoolExtensions
{
    /// <summary>Leases a connection, runs an operation on it that gives a result, and returns the connection.</summary>
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>
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
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, CancellationToken)"/>
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

    /// <summary>Leases a connection, runs an operation on it that gives a result, returns the connection, and tries again if need be.</summary>
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, RetryOptions, CancellationToken)"/>
    public static ValueTask<TResult> UseAsync<TConnection, TResult>(
        this IConnectionPool<TConnection> pool,
        Func<TConnection, CancellationToken, ValueTask<TResult>> operation,
        RetryOptions retry,
        CancellationToken cancellationToken = default)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(operation);
        return pool.UseAsync(static (connection, run, token) => run(connection, token), operation, retry, cancellationToken);
    }

    /// <summary>Leases a connection, runs an operation on it, returns the connection, and tries again if need be.</summary>
    /// <inheritdoc cref="IConnectionPool{TConnection}.UseAsync{TState, TResult}(Func{TConnection, TState, CancellationToken, ValueTask{TResult}}, TState, RetryOptions, CancellationToken)"/>
    public static async ValueTask UseAsync<TConnection>(
        this IConnectionPool<TConnection> pool,
        Func<TConnection, CancellationToken, ValueTask> operation,
        RetryOptions retry,
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
            retry,
            cancellationToken).ConfigureAwait(false);
    }
}

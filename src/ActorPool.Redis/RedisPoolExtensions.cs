namespace ActorPool.Redis;

/// <summary>Commands on a pool: each leases a connection for as long as it takes.</summary>
public static class RedisPoolExtensions
{
    /// <summary>Leases a connection, sends a command, reads its reply, and returns the connection; tries again if the pool's <see cref="PoolOptions.Retry"/> says so.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="command">The command's name, one word.</param>
    /// <param name="arguments">Its arguments: <c>["key", 42, bytes]</c>.</param>
    /// <param name="cancellationToken">Gives up: the wait for a connection, or the command, which costs its connection.</param>
    /// <returns>The reply; its bytes are the caller's for good.</returns>
    /// <exception cref="RedisErrorException">The server answered with an error.</exception>
    /// <exception cref="PoolException">There was no connection: see <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/>.</exception>
    public static ValueTask<RedisReply> ExecuteAsync(
        this IConnectionPool<RedisConnection> pool, string command, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return pool.UseAsync(
            static (connection, call, token) => connection.ExecuteAsync(call.Command, call.Arguments, token),
            (Command: command, Arguments: arguments.ToArray()),
            cancellationToken);
    }

    /// <summary>Leases a connection, runs a pipeline on it, and returns the connection; tries again if the pool's <see cref="PoolOptions.Retry"/> says so.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="pipeline">The commands.</param>
    /// <param name="cancellationToken">Gives up: the wait for a connection, or the run, which costs its connection.</param>
    /// <returns>The replies, in order, errors among them; valid until the pipeline runs again or is cleared.</returns>
    /// <exception cref="PoolException">There was no connection: see <see cref="IConnectionPool{TConnection}.AcquireAsync(CancellationToken)"/>.</exception>
    public static ValueTask<IReadOnlyList<RedisReply>> ExecuteAsync(
        this IConnectionPool<RedisConnection> pool, RedisPipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(pipeline);
        return pool.UseAsync(static (connection, run, token) => connection.ExecuteAsync(run, token), pipeline, cancellationToken);
    }
}

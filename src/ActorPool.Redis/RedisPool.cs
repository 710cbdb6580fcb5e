using System.Net.Sockets;

namespace ActorPool.Redis;

/// <summary>Makes pools of Redis connections.</summary>
public static class RedisPool
{
    /// <summary>
    /// Retries as redis-py's <c>retry_on_timeout</c>: once more, at once, when a command took too long or its connection
    /// was lost. For commands that may be done twice: it cannot be known whether the first was. A new object at every call.
    /// </summary>
    public static RetryOptions OnceOnTimeout => new()
    {
        MaxAttempts = 2,
        Backoff = RetryBackoff.Fixed,
        Delay = TimeSpan.Zero,
        IsIdempotent = true,
        RetryOn = FaultRules.AnyOf(typeof(TimeoutException), typeof(IOException), typeof(SocketException)),
    };

    /// <summary>Makes the pool that a URL describes. Neither waits nor connects.</summary>
    /// <param name="url">
    /// <c>redis://user:password@host:port/db?option=value</c>, <c>rediss://…</c> for TLS, <c>unix:///path?db=0</c>, with
    /// redis-py's options. User, password, path and options are percent-decoded, once.
    /// </param>
    /// <param name="configure">Changes what the URL does not say; null changes nothing.</param>
    /// <param name="kind">Which of redis-py's pools stands for what the URL does not say.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">The URL or an option makes no sense; the message names it, and repeats no user or password.</exception>
    public static ConnectionPool<RedisConnection> FromUrl(
        string url, Action<RedisPoolOptions>? configure = null, RedisPoolKind kind = RedisPoolKind.Blocking, PoolRuntime? runtime = null)
    {
        var options = RedisPoolOptions.FromUrl(url, kind);
        configure?.Invoke(options);
        return Create(options, runtime);
    }

    /// <summary>Makes a pool. Neither waits nor connects.</summary>
    /// <param name="options">Whom to connect to, and how the pool behaves. Copied: later changes have no effect.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public static ConnectionPool<RedisConnection> Create(RedisPoolOptions options, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ConnectionPool.Create(new RedisConnector(options.Connection), options.Pool, runtime);
    }
}

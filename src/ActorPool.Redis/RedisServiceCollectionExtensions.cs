using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ActorPool.Redis;

/// <summary>Redis pools for dependency injection.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>
    /// Registers a pool as a singleton, to be injected as <c>IConnectionPool&lt;RedisConnection&gt;</c>; the container drains it when
    /// it is disposed. It logs where the application does, unless a <see cref="PoolRuntime"/> is registered.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="url">As for <see cref="RedisPool.FromUrl"/>. Read here and now, so that a wrong one is told at once.</param>
    /// <param name="configure">Changes what the URL does not say; null changes nothing.</param>
    /// <param name="serviceKey">Tells several pools apart (<c>[FromKeyedServices]</c>); null for the only one.</param>
    /// <exception cref="ArgumentException">The URL makes no sense; the message names the option, and repeats no user or password.</exception>
    public static IServiceCollection AddRedisPool(
        this IServiceCollection services, string url, Action<RedisPoolOptions>? configure = null, object? serviceKey = null)
    {
        var options = RedisPoolOptions.FromUrl(url);
        configure?.Invoke(options);
        return services.AddRedisPool(options, serviceKey);
    }

    /// <summary>
    /// Registers a pool as a singleton, to be injected as <c>IConnectionPool&lt;RedisConnection&gt;</c>; the container drains it when
    /// it is disposed. It logs where the application does, unless a <see cref="PoolRuntime"/> is registered.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">Whom to connect to, and how the pool behaves. Checked when the pool is first asked for.</param>
    /// <param name="serviceKey">Tells several pools apart (<c>[FromKeyedServices]</c>); null for the only one.</param>
    public static IServiceCollection AddRedisPool(this IServiceCollection services, RedisPoolOptions options, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddKeyedSingleton(serviceKey, (provider, _) => RedisPool.Create(options, RuntimeOf(provider)));
        services.TryAddKeyedSingleton<IConnectionPool<RedisConnection>>(
            serviceKey, static (provider, key) => provider.GetRequiredKeyedService<ConnectionPool<RedisConnection>>(key));
        return services;
    }

    static PoolRuntime? RuntimeOf(IServiceProvider provider) =>
        provider.GetService<PoolRuntime>()
        ?? (provider.GetService<ILoggerFactory>() is { } loggers ? new PoolRuntime { LoggerFactory = loggers } : null);
}

using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPool.Data;

/// <summary>Registers pooled data sources.</summary>
public static class PooledDbServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="PooledDbDataSource"/> as a singleton, also under <see cref="DbDataSource"/>. It is made at its
    /// first use, logs where the application logs, and is drained with the container.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="factory">The provider, such as <c>NpgsqlFactory.Instance</c>.</param>
    /// <param name="connectionString">Where to connect to.</param>
    /// <param name="configure">Changes how the pool behaves and how connections are treated; null changes nothing.</param>
    /// <param name="key">The key of a keyed service; null for none.</param>
    public static IServiceCollection AddPooledDbDataSource(
        this IServiceCollection services,
        DbProviderFactory factory,
        string connectionString,
        Action<PoolOptions, DbConnectorOptions>? configure = null,
        object? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(connectionString);
        return services.AddPooledDbDataSource(
            (_, pool, options, runtime) => PooledDbDataSource.Create(factory, connectionString, pool, options, runtime), configure, key);
    }

    /// <summary>
    /// <see cref="AddPooledDbDataSource(IServiceCollection, DbProviderFactory, string, Action{PoolOptions, DbConnectorOptions}, object)"/>
    /// over a data source that pools nothing itself, such as one of an <c>NpgsqlDataSourceBuilder</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="dataSource">Finds or makes it. It stays its maker's to dispose.</param>
    /// <param name="configure">Changes how the pool behaves and how connections are treated; null changes nothing.</param>
    /// <param name="key">The key of a keyed service; null for none.</param>
    public static IServiceCollection AddPooledDbDataSource(
        this IServiceCollection services,
        Func<IServiceProvider, DbDataSource> dataSource,
        Action<PoolOptions, DbConnectorOptions>? configure = null,
        object? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(dataSource);
        return services.AddPooledDbDataSource(
            (provider, pool, options, runtime) => PooledDbDataSource.Create(dataSource(provider), pool, options, runtime), configure, key);
    }

    static IServiceCollection AddPooledDbDataSource(
        this IServiceCollection services,
        Func<IServiceProvider, PoolOptions, DbConnectorOptions, PoolRuntime, PooledDbDataSource> create,
        Action<PoolOptions, DbConnectorOptions>? configure,
        object? key) => services
        .AddKeyedSingleton(key, (provider, _) =>
        {
            var (pool, options) = (new PoolOptions { Name = key?.ToString() ?? "database" }, new DbConnectorOptions());
            configure?.Invoke(pool, options);
            return create(provider, pool, options, RuntimeOf(provider));
        })
        .AddKeyedSingleton<DbDataSource>(key, (provider, _) => provider.GetRequiredKeyedService<PooledDbDataSource>(key));

    static PoolRuntime RuntimeOf(IServiceProvider provider) =>
        provider.GetService<PoolRuntime>()
        ?? (provider.GetService<ILoggerFactory>() is { } logs ? new PoolRuntime { LoggerFactory = logs } : PoolRuntime.Default);
}

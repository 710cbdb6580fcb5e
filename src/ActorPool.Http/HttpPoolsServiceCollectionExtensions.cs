using ActorPool;
using ActorPool.Http;
using Microsoft.Extensions.Logging;

#pragma warning disable IDE0130 // where users of dependency injection look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>HTTP pools in dependency injection.</summary>
public static class HttpPoolsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="HttpPools"/> as a singleton, which the container disposes, and <see cref="PooledHttpHandler"/> over
    /// them, a new one wherever it is asked for.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null leaves the defaults.</param>
    public static IServiceCollection AddHttpPools(this IServiceCollection services, Action<HttpPoolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => Make(provider, name: null, configure));
        services.AddTransient(static provider => new PooledHttpHandler(provider.GetRequiredService<HttpPools>()));
        return services;
    }

    /// <summary>Adds pools of their own under a key: other limits, other certificates, another proxy.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, as for <c>[FromKeyedServices]</c>. A text that is no endpoint's name is the pools' name too.</param>
    /// <param name="configure">Sets the options; null leaves the defaults.</param>
    public static IServiceCollection AddKeyedHttpPools(
        this IServiceCollection services, object key, Action<HttpPoolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(key);
        services.AddKeyedSingleton(key, (provider, key) => Make(provider, key as string, configure));
        services.AddKeyedTransient(key, static (provider, key) => new PooledHttpHandler(provider.GetRequiredKeyedService<HttpPools>(key)));
        return services;
    }

    static HttpPools Make(IServiceProvider provider, string? name, Action<HttpPoolOptions>? configure)
    {
        var options = new HttpPoolOptions();
        if (!string.IsNullOrWhiteSpace(name))
        {
            options.Pool.Name = name;
        }

        configure?.Invoke(options);
        var loggers = provider.GetService<ILoggerFactory>();
        options.Tcp.LoggerFactory ??= loggers;
        var runtime = provider.GetService<PoolRuntime>()
            ?? (loggers is null ? PoolRuntime.Default : new PoolRuntime { LoggerFactory = loggers });
        return new HttpPools(options, runtime);
    }
}

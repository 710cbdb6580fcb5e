using ActorPool.Http;

#pragma warning disable IDE0130 // where users of IHttpClientFactory look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>HTTP pools under <c>IHttpClientFactory</c>.</summary>
public static class HttpPoolsHttpClientBuilderExtensions
{
    /// <summary>
    /// Has a client's requests ride on pools of its own, which are named after it and live as long as the container. The
    /// factory goes on replacing handlers (<c>SetHandlerLifetime</c>); connections are not affected by that.
    /// </summary>
    /// <param name="builder">The client, such as <c>services.AddHttpClient("prices")</c>.</param>
    /// <param name="configure">Sets the options; null leaves the defaults.</param>
    public static IHttpClientBuilder UseActorPool(this IHttpClientBuilder builder, Action<HttpPoolOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var key = new ClientKey(builder.Name);
        builder.Services.AddKeyedHttpPools(key, options =>
        {
            options.Pool.Name = string.IsNullOrWhiteSpace(key.ClientName) ? options.Pool.Name : key.ClientName;
            configure?.Invoke(options);
        });
        return builder.ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredKeyedService<PooledHttpHandler>(key));
    }

    /// <summary>Has a client's requests ride on the pools of <c>AddHttpPools</c>, or of <c>AddKeyedHttpPools</c>, shared with others.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="poolsKey">The pools' key; null for those of <c>AddHttpPools</c>.</param>
    public static IHttpClientBuilder UseHttpPools(this IHttpClientBuilder builder, object? poolsKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigurePrimaryHttpMessageHandler(provider => poolsKey is null
            ? provider.GetRequiredService<PooledHttpHandler>()
            : provider.GetRequiredKeyedService<PooledHttpHandler>(poolsKey));
    }

    // a key of our own: nobody else's service under the client's name is meant
    sealed record ClientKey(string ClientName);
}

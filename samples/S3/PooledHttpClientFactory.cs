using ActorPool.Http;
using Amazon.Runtime;

namespace S3Sample;

/// <summary>Has an AWS client send its requests over leased connections. The pools are the caller's, and outlive the client.</summary>
public sealed class PooledHttpClientFactory(HttpPools pools) : HttpClientFactory
{
    /// <summary>One client is enough: the SDK disposes none that it keeps, and connections are the pools'.</summary>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        ArgumentNullException.ThrowIfNull(clientConfig);
        var client = new HttpClient(new PooledHttpHandler(pools));

        // the SDK leaves it to its factories; it covers what comes before the body
        client.Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan;
        return client;
    }

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}

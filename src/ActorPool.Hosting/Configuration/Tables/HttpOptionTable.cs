using System.Net;
using ActorPool.Hosting.Configuration.Values;
using ActorPool.Http;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>What a pool's <c>http { … }</c> may say.</summary>
static class HttpOptionTable
{
    static readonly ValueKind<DecompressionMethods> Decompression = ValueKinds.Words(
        ("none", DecompressionMethods.None), ("all", DecompressionMethods.All),
        ("gzip", DecompressionMethods.GZip), ("deflate", DecompressionMethods.Deflate), ("brotli", DecompressionMethods.Brotli));

    static readonly OptionTable<TcpConnectorOptions> Sockets = new OptionTable<TcpConnectorOptions>("tcp")
        .With(static options => options, TcpOptionTable.Sockets)
        .Elsewhere(nameof(TcpConnectorOptions.Tls), "tls stands beside tcp");

    public static readonly OptionTable<HttpRetryOptions> Retry = new OptionTable<HttpRetryOptions>("retry")
        .Count(nameof(HttpRetryOptions.MaxAttempts), static (options, value) => options.MaxAttempts = value)
        .Time(nameof(HttpRetryOptions.Delay), static (options, value) => options.Delay = value)
        .Time(nameof(HttpRetryOptions.MaxDelay), static (options, value) => options.MaxDelay = value)
        .Flag(nameof(HttpRetryOptions.HonorRetryAfter), static (options, value) => options.HonorRetryAfter = value)
        .Time(nameof(HttpRetryOptions.MaxRetryAfter), static (options, value) => options.MaxRetryAfter = value)
        .List(nameof(HttpRetryOptions.StatusCodes), ValueKinds.StatusCode, static (options, values) =>
        {
            options.StatusCodes.Clear();
            options.StatusCodes.UnionWith(values);
        });

    public static readonly OptionTable<HttpPoolOptions> Table = new OptionTable<HttpPoolOptions>(ConnectorNames.Http, PoolOptionTable.Table.Knows)
        .Elsewhere(nameof(HttpPoolOptions.Pool), "the options of the pools stand beside http")
        .InCodeOnly(nameof(HttpPoolOptions.ConfigurePool), "it is called, and is code")
        .Count(nameof(HttpPoolOptions.MaxPools), static (options, value) => options.MaxPools = value)
        .Object(nameof(HttpPoolOptions.Tcp), static options => options.Tcp, Sockets)
        .Object(nameof(HttpPoolOptions.Tls), static options => options.Tls, TlsOptionTable.Table)
        .Count(nameof(HttpPoolOptions.MaxHttp2Streams), static (options, value) => options.MaxHttp2Streams = value)
        .Flag(nameof(HttpPoolOptions.UseProxy), static (options, value) => options.UseProxy = value)
        .Value(nameof(HttpPoolOptions.Proxy), ValueKinds.Proxy, static (options, value) => options.Proxy = value, static options => options.Proxy = null)
        .InCodeOnly(nameof(HttpPoolOptions.Credentials), "they are asked for each host")
        .Flag(nameof(HttpPoolOptions.PreAuthenticate), static (options, value) => options.PreAuthenticate = value)
        .Flag(nameof(HttpPoolOptions.AllowAutoRedirect), static (options, value) => options.AllowAutoRedirect = value)
        .Count(nameof(HttpPoolOptions.MaxAutomaticRedirections), static (options, value) => options.MaxAutomaticRedirections = value)
        .Flag(nameof(HttpPoolOptions.UseCookies), static (options, value) => options.UseCookies = value)
        .InCodeOnly(nameof(HttpPoolOptions.CookieContainer), "it is an object that handlers share")
        .List(nameof(HttpPoolOptions.AutomaticDecompression), Decompression, static (options, values) =>
            options.AutomaticDecompression = values.Aggregate(DecompressionMethods.None, static (all, one) => all | one))
        .Time(nameof(HttpPoolOptions.Expect100ContinueTimeout), static (options, value) => options.Expect100ContinueTimeout = value)
        .Object(nameof(HttpPoolOptions.Retry), static options => options.Retry, Retry)
        .InCodeOnly(nameof(HttpPoolOptions.ConfigureConnection), "it is called, and is code");
}

using System.Net;

namespace ActorPool.Http;

/// <summary>
/// How an <see cref="HttpPools"/> makes its connections, and how a <see cref="PooledHttpHandler"/> over it behaves. Checked
/// once, when the pools are made: all problems are reported together, and later changes have no effect. Where an option has
/// the name of one of <see cref="SocketsHttpHandler"/>, it means the same.
/// </summary>
public sealed class HttpPoolOptions
{
    /// <summary>
    /// What the pools of all origins have in common. The defaults are those of <see cref="PoolOptions"/>, except for the name
    /// (<c>http</c>) and for <see cref="PoolOptions.UnavailableAfter"/> (zero: a server that refuses connections is reported at
    /// once, as users of HTTP expect). <see cref="PoolOptions.MaxLeasesPerConnection"/> must be left alone: see
    /// <see cref="MaxHttp2Streams"/>. An answer that was neither read nor disposed gives its connection back when it is
    /// garbage-collected, whatever <see cref="PoolOptions.LeakDetection"/> says.
    /// </summary>
    public PoolOptions Pool { get; set; } = new()
    {
        Name = "http",
        UnavailableAfter = TimeSpan.Zero,
    };

    /// <summary>
    /// Changes the pool's options for one origin before its pool is made: a larger <see cref="PoolOptions.MaxSize"/> for one
    /// host. Null, the default, changes nothing. Runs on the thread of the first request; what it throws reaches that caller.
    /// </summary>
    public Action<Endpoint, PoolOptions>? ConfigurePool { get; set; }

    /// <summary>How many pools there may be; one more drains the least recently used. Default 100; 1 to 1,000,000.</summary>
    public int MaxPools { get; set; } = 100;

    /// <summary>
    /// How sockets are opened. Of its options <see cref="TcpConnectorOptions.Tls"/>,
    /// <see cref="TcpConnectorOptions.Handshake"/>, <see cref="TcpConnectorOptions.StartTls"/>,
    /// <see cref="TcpConnectorOptions.Probe"/> and <see cref="TcpConnectorOptions.IsHarmless"/> must be null: they are HTTP's.
    /// </summary>
    public TcpConnectorOptions Tcp { get; set; } = new();

    /// <summary>
    /// How TLS is spoken to <c>https</c> origins. Its <see cref="TlsOptions.ApplicationProtocols"/> must be null: what is
    /// offered follows from the version of the request.
    /// </summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>
    /// How many requests may share one HTTP/2 connection before another is opened. Default 100, what most servers allow;
    /// 1 to 10,000. A server that allows fewer streams lets the rest of the requests wait on the connection.
    /// </summary>
    public int MaxHttp2Streams { get; set; } = 100;

    /// <summary>Whether to go through proxies. Default true.</summary>
    public bool UseProxy { get; set; } = true;

    /// <summary>
    /// Which proxy to use for which address. Null, the default, is <see cref="HttpClient.DefaultProxy"/>: that of the
    /// environment (<c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, <c>NO_PROXY</c>) or of the system. The proxy's
    /// address is <c>http://host:port</c>; its user and password come from <see cref="IWebProxy.Credentials"/>, or from the
    /// address itself, and are sent as Basic authentication.
    /// </summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>
    /// Who answers a server that asks for Basic authentication (401). Null, the default, for nobody. Other schemes are not
    /// answered.
    /// </summary>
    public ICredentials? Credentials { get; set; }

    /// <summary>Whether an origin that has asked for authentication once is sent it with every later request. Default false.</summary>
    public bool PreAuthenticate { get; set; }

    /// <summary>Whether redirects are followed. Default true.</summary>
    public bool AllowAutoRedirect { get; set; } = true;

    /// <summary>How many redirects are followed in a row; the answer after that is returned as it is. Default 50; at least 1.</summary>
    public int MaxAutomaticRedirections { get; set; } = 50;

    /// <summary>Whether cookies are kept and sent. Default true.</summary>
    public bool UseCookies { get; set; } = true;

    /// <summary>
    /// Where cookies are kept. Null, the default, gives every <see cref="PooledHttpHandler"/> a container of its own, as every
    /// <see cref="SocketsHttpHandler"/> has one: under <c>IHttpClientFactory</c> it lives as long as the handler.
    /// </summary>
    public CookieContainer? CookieContainer { get; set; }

    /// <summary>Which encodings are asked for and decoded. Default <see cref="DecompressionMethods.None"/>.</summary>
    public DecompressionMethods AutomaticDecompression { get; set; } = DecompressionMethods.None;

    /// <summary>How long a request with <c>Expect: 100-continue</c> waits before it sends its body all the same. Default 1 s; 0 to 1 day, or infinite.</summary>
    public TimeSpan Expect100ContinueTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether and how requests are tried again. By default they are not.</summary>
    public HttpRetryOptions Retry { get; set; } = new();

    /// <summary>
    /// Sets what else there is to set on the handler of each connection: <see cref="SocketsHttpHandler.MaxResponseHeadersLength"/>,
    /// <see cref="SocketsHttpHandler.KeepAlivePingDelay"/>, <see cref="SocketsHttpHandler.MeterFactory"/> … Null, the default,
    /// sets nothing. Runs on the thread pool as part of opening a connection; connecting, TLS, redirects, cookies, proxies and
    /// the limits of the handler's own pool are set after it and cannot be changed.
    /// </summary>
    public Action<SocketsHttpHandler>? ConfigureConnection { get; set; }
}

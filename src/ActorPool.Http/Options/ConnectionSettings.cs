using System.Net;
using System.Net.Security;
using ActorPool.Http.Connections;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Options;

/// <summary>How the connections of all origins are opened, and the handlers on top of them made.</summary>
sealed class ConnectionSettings
{
    static readonly SslApplicationProtocol[] OnlyHttp1 = [SslApplicationProtocol.Http11];
    static readonly SslApplicationProtocol[] Both = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    /// <summary>
    /// How long a handler may leave its connection idle, which is for the pool to close. As long as can be but not infinite:
    /// the handler would then clean up every 30 seconds, and in doing so leave a read pending on an idle HTTP/1.1 connection,
    /// which makes it unfit for the pool. With a finite time it cleans up at every quarter of that: here, of 25 days.
    /// </summary>
    static readonly TimeSpan HandlerIdleTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    readonly TcpConnectorOptions _tcp;
    readonly TlsOptions _tls;
    readonly DecompressionMethods _decompression;
    readonly TimeSpan _continueTimeout;
    readonly Action<SocketsHttpHandler>? _configure;

    public ConnectionSettings(HttpPoolOptions options)
    {
        _tcp = Copy(options.Tcp, tls: null, startTls: null);
        _tls = Copy(options.Tls, options.Tls.TargetHost, null);
        _decompression = options.AutomaticDecompression;
        _continueTimeout = options.Expect100ContinueTimeout;
        _configure = options.ConfigureConnection;

        // finds what is out of range now, not at the first request; has nothing to log, since it connects to nothing
        var all = Copy(_tcp, Copy(_tls, _tls.TargetHost, null), startTls: null);
        all.LoggerFactory = null;
        _ = new TcpConnector("localhost", 443, all);
    }

    /// <summary>Whether an answer's body may be other than what came over the wire.</summary>
    public bool Decompresses => _decompression != DecompressionMethods.None;

    /// <summary>Opens what HTTP to an origin runs over.</summary>
    public TcpConnector ConnectorFor(Origin origin)
    {
        var tls = origin.IsSecure
            ? Copy(_tls, _tls.TargetHost ?? origin.Host, origin.Protocol == HttpProtocol.Http1 ? OnlyHttp1 : Both)
            : null;
        if (origin.Proxy is not { } proxy)
        {
            return new TcpConnector(origin.Host, origin.Port, Copy(_tcp, tls, startTls: null));
        }

        // without TLS, whoever opens the connection goes through the tunnel himself
        var tunnel = tls is null ? null : ProxyTunnel.To(origin);
        return new TcpConnector(proxy.Host, proxy.Port, Copy(_tcp, tls, tunnel is null ? null : new StartTlsOptions { Ask = tunnel.EnterAsync }));
    }

    /// <summary>The handler of one connection: HTTP's protocol and nothing else.</summary>
    public SocketsHttpHandler NewHandler(Origin origin, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect)
    {
        // what is not drained from memory is not waited for: the connection is closed instead, and the slot free at once
        var handler = new SocketsHttpHandler { MaxResponseDrainSize = 0, Expect100ContinueTimeout = _continueTimeout };
        _configure?.Invoke(handler);
        handler.AutomaticDecompression = _decompression;
        handler.ConnectCallback = connect;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.Credentials = null;
        handler.MaxConnectionsPerServer = 1;
        handler.EnableMultipleHttp2Connections = false;
        handler.PooledConnectionIdleTimeout = HandlerIdleTimeout;
        handler.PooledConnectionLifetime = Timeout.InfiniteTimeSpan;
        handler.ConnectTimeout = Timeout.InfiniteTimeSpan;

        // a plain request through a proxy names its whole target (RFC 9112, section 3.2.2): the handler has to know
        handler.UseProxy = origin.Forwarder is not null;
        handler.Proxy = origin.Forwarder is { } forwarder ? new OnlyProxy(forwarder.Address) : null;
        return handler;
    }

    static TcpConnectorOptions Copy(TcpConnectorOptions options, TlsOptions? tls, StartTlsOptions? startTls) => new()
    {
        NoDelay = options.NoDelay,
        KeepAlive = options.KeepAlive,
        KeepAliveTime = options.KeepAliveTime,
        KeepAliveInterval = options.KeepAliveInterval,
        KeepAliveRetryCount = options.KeepAliveRetryCount,
        ReceiveBufferSize = options.ReceiveBufferSize,
        SendBufferSize = options.SendBufferSize,
        ConnectionAttemptDelay = options.ConnectionAttemptDelay,
        AddressFamily = options.AddressFamily,
        LoggerFactory = options.LoggerFactory,
        Tls = tls,
        StartTls = startTls,
    };

    static TlsOptions Copy(TlsOptions options, string? targetHost, SslApplicationProtocol[]? protocols) => new()
    {
        TargetHost = targetHost,
        CaFile = options.CaFile,
        CaCertificates = options.CaCertificates,
        ClientCertificate = options.ClientCertificate,
        ClientCertificateFile = options.ClientCertificateFile,
        ClientKeyFile = options.ClientKeyFile,
        ClientKeyPassword = options.ClientKeyPassword,
        CheckHostName = options.CheckHostName,
        MinimumVersion = options.MinimumVersion,
        DangerouslySkipVerification = options.DangerouslySkipVerification,
        ApplicationProtocols = protocols,
    };
}

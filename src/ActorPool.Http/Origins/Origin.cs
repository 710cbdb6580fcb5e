namespace ActorPool.Http.Origins;

/// <summary>Where requests go that may share connections: scheme, host, port, what is spoken, and by which proxy.</summary>
sealed class Origin
{
    const string Multiplexed = "h2";

    volatile bool _hasNoHttp2;

    public Origin(OriginKey key, int proxyNumber)
    {
        Key = key;
        Endpoint = new Endpoint(key.Host, key.Port, Note(key, proxyNumber), SchemeOf(key));
    }

    public OriginKey Key { get; }

    /// <summary>The name of the origin's pool.</summary>
    public Endpoint Endpoint { get; }

    public bool IsSecure => Key.IsSecure;

    public string Host => Key.Host;

    public int Port => Key.Port;

    public HttpProtocol Protocol => Key.Protocol;

    public ProxyAddress? Proxy => Key.Proxy;

    /// <summary>The proxy that requests are given to, to be passed on; null if there is none, or if there is a way through it.</summary>
    public ProxyAddress? Forwarder => Key.IsTunnelled ? null : Key.Proxy;

    /// <summary>The proxy that the way leads through (CONNECT); null if there is none, or if it passes requests on.</summary>
    public ProxyAddress? Gateway => Key.IsTunnelled ? Key.Proxy : null;

    /// <summary>Whether the server was offered HTTP/2 and took HTTP/1.1: requests then belong into the pool of that.</summary>
    public bool HasNoHttp2
    {
        get => _hasNoHttp2;
        set => _hasNoHttp2 = value;
    }

    /// <summary>Whether an origin's connections may be leased more than once at a time, as its pool's name says.</summary>
    public static bool Multiplexes(Endpoint endpoint) => endpoint.Path.StartsWith(Multiplexed, StringComparison.Ordinal);

    public override string ToString() => Endpoint.ToString();

    // in the clear only ws has tunnels: its pool must not have the name of the proxy's own, wherever it leads to
    static string SchemeOf(OriginKey key) => key.IsSecure ? "https" : key.IsTunnelled ? "ws" : "http";

    // the number tells two logins at one proxy apart without telling either
    static string Note(OriginKey key, int proxyNumber)
    {
        var protocol = key.Protocol switch
        {
            HttpProtocol.Negotiated => Multiplexed,
            HttpProtocol.Http2 => $"{Multiplexed}c",
            _ => "",
        };
        return key.Proxy is { } proxy
            ? $"{protocol}{(protocol.Length > 0 ? " " : "")}via {proxy.Host}:{proxy.Port}{(proxyNumber > 1 ? $" ({proxyNumber})" : "")}"
            : protocol;
    }
}

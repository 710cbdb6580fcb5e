namespace ActorPool.Http.Origins;

/// <summary>Where requests go that may share connections: scheme, host, port, what is spoken, and by which proxy.</summary>
sealed class Origin
{
    const string Multiplexed = "h2";

    volatile bool _hasNoHttp2;

    public Origin(OriginKey key, int proxyNumber)
    {
        Key = key;
        Endpoint = new Endpoint(key.Host, key.Port, Note(key, proxyNumber), key.IsSecure ? "https" : "http");
    }

    public OriginKey Key { get; }

    /// <summary>The name of the origin's pool.</summary>
    public Endpoint Endpoint { get; }

    public bool IsSecure => Key.IsSecure;

    public string Host => Key.Host;

    public int Port => Key.Port;

    public HttpProtocol Protocol => Key.Protocol;

    public ProxyAddress? Proxy => Key.Proxy;


    /// <summary>Whether the server was offered HTTP/2 and took HTTP/1.1: requests then belong into the pool of that.</summary>
    public bool HasNoHttp2
    {
        get => _hasNoHttp2;
        set => _hasNoHttp2 = value;
    }

    /// <summary>Whether an origin's connections may be leased more than once at a time, as its pool's name says.</summary>
    public static bool Multiplexes(Endpoint endpoint) => endpoint.Path.StartsWith(Multiplexed, StringComparison.Ordinal);

    public override string ToString() => Endpoint.ToString();

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

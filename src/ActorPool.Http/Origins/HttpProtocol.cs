namespace ActorPool.Http.Origins;

/// <summary>What the connections of a pool speak.</summary>
enum HttpProtocol
{
    /// <summary>HTTP/1.1, one request at a time.</summary>
    Http1 = 0,

    /// <summary>What TLS negotiates (ALPN): HTTP/2 if the server has it, HTTP/1.1 if not.</summary>
    Negotiated,

    /// <summary>HTTP/2 without TLS, which the client has to know beforehand (RFC 9113, section 3.3).</summary>
    Http2,
}

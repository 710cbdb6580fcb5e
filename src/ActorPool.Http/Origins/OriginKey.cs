namespace ActorPool.Http.Origins;

/// <summary>What a request asks for, as far as it decides about the connection.</summary>
/// <param name="IsSecure">Whether over TLS.</param>
/// <param name="Host">The host, in small letters as <see cref="Uri"/> leaves it.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">What is to be spoken.</param>
/// <param name="Proxy">The proxy; null for none.</param>
/// <param name="IsTunnelled">Whether the proxy is asked for the way to the host (CONNECT); otherwise it passes requests on.</param>
readonly record struct OriginKey(bool IsSecure, string Host, int Port, HttpProtocol Protocol, ProxyAddress? Proxy, bool IsTunnelled)
{
    public bool Equals(OriginKey other) =>
        Port == other.Port && IsSecure == other.IsSecure && IsTunnelled == other.IsTunnelled && Protocol == other.Protocol
        && Host == other.Host && Equals(Proxy, other.Proxy);

    public override int GetHashCode() => HashCode.Combine(Host, Port, Protocol);
}

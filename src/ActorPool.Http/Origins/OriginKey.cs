namespace ActorPool.Http.Origins;

/// <summary>What a request asks for, as far as it decides about the connection.</summary>
/// <param name="IsSecure">Whether over TLS.</param>
/// <param name="Host">The host, in small letters as <see cref="Uri"/> leaves it.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">What is to be spoken.</param>
/// <param name="Proxy">The proxy; null for none.</param>
readonly record struct OriginKey(bool IsSecure, string Host, int Port, HttpProtocol Protocol, ProxyAddress? Proxy)
{
    public bool Equals(OriginKey other) =>
        Port == other.Port && IsSecure == other.IsSecure && Protocol == other.Protocol && Host == other.Host && Equals(Proxy, other.Proxy);

    public override int GetHashCode() => HashCode.Combine(Host, Port, Protocol);
}

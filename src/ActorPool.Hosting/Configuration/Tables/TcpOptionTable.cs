using System.Net.Sockets;
using ActorPool.Hosting.Configuration.Values;

namespace ActorPool.Hosting.Configuration.Tables;

/// <summary>How sockets are opened.</summary>
static class TcpOptionTable
{
    static readonly ValueKind<AddressFamily> Family = ValueKinds.Words(
        ("any", AddressFamily.Unspecified), ("ipv4", AddressFamily.InterNetwork), ("ipv6", AddressFamily.InterNetworkV6));

    /// <summary>Without TLS, which stands elsewhere in HTTP's and Redis's options.</summary>
    public static readonly OptionTable<TcpConnectorOptions> Sockets = new OptionTable<TcpConnectorOptions>("tcp")
        .Flag(nameof(TcpConnectorOptions.NoDelay), static (options, value) => options.NoDelay = value)
        .Flag(nameof(TcpConnectorOptions.KeepAlive), static (options, value) => options.KeepAlive = value)
        .Time(nameof(TcpConnectorOptions.KeepAliveTime), static (options, value) => options.KeepAliveTime = value)
        .Time(nameof(TcpConnectorOptions.KeepAliveInterval), static (options, value) => options.KeepAliveInterval = value)
        .Count(nameof(TcpConnectorOptions.KeepAliveRetryCount), static (options, value) => options.KeepAliveRetryCount = value)
        .Value(nameof(TcpConnectorOptions.ReceiveBufferSize), ValueKinds.Bytes, static (options, value) => options.ReceiveBufferSize = value,
            static options => options.ReceiveBufferSize = null)
        .Value(nameof(TcpConnectorOptions.SendBufferSize), ValueKinds.Bytes, static (options, value) => options.SendBufferSize = value,
            static options => options.SendBufferSize = null)
        .Time(nameof(TcpConnectorOptions.ConnectionAttemptDelay), static (options, value) => options.ConnectionAttemptDelay = value)
        .Value(nameof(TcpConnectorOptions.AddressFamily), Family, static (options, value) => options.AddressFamily = value)
        .InCodeOnly(nameof(TcpConnectorOptions.StartTls), "it asks for TLS in its protocol's words, which is code")
        .InCodeOnly(nameof(TcpConnectorOptions.Handshake), "it is called, and is code")
        .InCodeOnly(nameof(TcpConnectorOptions.Probe), "it is called, and is code")
        .InCodeOnly(nameof(TcpConnectorOptions.IsHarmless), "it is called, and is code")
        .InCodeOnly(nameof(TcpConnectorOptions.LoggerFactory), "it is the application's own");

    /// <summary>All of them.</summary>
    public static readonly OptionTable<TcpConnectorOptions> Table = new OptionTable<TcpConnectorOptions>("tcp")
        .With(static options => options, Sockets)
        .Tls(static options => options.Tls, static (options, value) => options.Tls = value);
}

using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Connectors;

/// <summary><c>tcp { … }</c></summary>
sealed class TcpConfigured : RoutedConnector<TcpEntry, Stream>
{
    /// <summary>How to connect to one endpoint of many.</summary>
    public static TcpConnectorOptions OptionsFor(IServiceProvider provider, TcpConnectorOptions options, string name)
    {
        var own = options.Snapshot();
        own.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        if (own.Tls is { } tls)
        {
            tls.TargetHost ??= name;
        }

        return own;
    }

    protected override TcpEntry ReadEntry(PoolEntry entry, ConfigurationProblems problems) => TcpReader.Read(entry, problems);

    protected override IConnector<Stream> Connect(IServiceProvider provider, TcpEntry read)
    {
        read.Tcp.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        return read.UnixSocket is { } path
            ? TcpConnector.ForUnixSocket(path, read.Tcp)
            : new TcpConnector(read.Host!, read.Port, read.Tcp);
    }

    protected override IConnector<Stream> Connect(IServiceProvider provider, TcpEntry read, Endpoint address, string name) =>
        new TcpConnector(address.Host, address.Port, OptionsFor(provider, read.Tcp, name));
}

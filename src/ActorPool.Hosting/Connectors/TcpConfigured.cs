using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPool.Hosting.Connectors;

/// <summary><c>tcp { … }</c></summary>
sealed class TcpConfigured : RoutedConnector<TcpEntry, Stream>
{
    /// <summary>A container's own copy of how to connect: it logs where the container does.</summary>
    /// <param name="provider">The services.</param>
    /// <param name="options">What to copy.</param>
    /// <param name="name">The name that certificates are checked for, where nothing else is said; null for the host's.</param>
    public static TcpConnectorOptions OptionsFor(IServiceProvider provider, TcpConnectorOptions options, string? name = null)
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
        var options = OptionsFor(provider, read.Tcp);
        return read.UnixSocket is { } path
            ? TcpConnector.ForUnixSocket(path, options)
            : new TcpConnector(read.Host!, read.Port, options);
    }

    protected override IConnector<Stream> Connect(IServiceProvider provider, TcpEntry read, Endpoint address, string name) =>
        new TcpConnector(address.Host, address.Port, OptionsFor(provider, read.Tcp, name));
}

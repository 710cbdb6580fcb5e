using System.Net.Sockets;
using ActorPool.Net;

namespace ActorPool.Budgets.Etcd;

/// <summary>Opens the connections of the store's own HTTP client, and nothing else's: no proxy, no cookies, no redirects.</summary>
static class EtcdConnections
{
    const int KeepAliveSeconds = 5;
    const int KeepAliveProbes = 3;

    public static HttpClient NewClient(EtcdGrantStoreOptions options)
    {
        var tls = options.Endpoints.Distinct(StringComparer.Ordinal)
            .Select(static endpoint => EtcdTarget.Parse(endpoint)!)
            .Where(static uri => uri.Scheme == "https")
            .DistinctBy(static uri => uri.Authority, StringComparer.Ordinal)
            .ToDictionary(static uri => (uri.IdnHost, uri.Port), uri => new TlsClient(options.Tls, $"etcd at {uri.Authority}"));
#pragma warning disable CA2000 // the client disposes its handler
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = (context, cancellationToken) => OpenAsync(context, tls, cancellationToken),
        })
#pragma warning restore CA2000
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    // A watch is silent for hours: the system's probes find out that its other end is gone.
    static async ValueTask<Stream> OpenAsync(
        SocketsHttpConnectionContext context, Dictionary<(string Host, int Port), TlsClient> tls, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 1);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return tls.TryGetValue((context.DnsEndPoint.Host, context.DnsEndPoint.Port), out var client)
                ? await client.AuthenticateAsync(stream, context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false)
                : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

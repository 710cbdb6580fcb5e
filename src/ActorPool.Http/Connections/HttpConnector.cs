using System.Net.Security;
using System.Net.Sockets;
using ActorPool.Http.Options;
using ActorPool.Http.Origins;

namespace ActorPool.Http.Connections;

/// <summary>
/// Opens what requests to one origin ride on. Name, socket, proxy tunnel and TLS are opened here, where the pool's time limits
/// and backoff are; a handler per connection then speaks HTTP over it.
/// </summary>
sealed class HttpConnector(Origin origin, ConnectionSettings settings, IDispatcher dispatcher) : IConnector<HttpConnection>
{
    readonly TcpConnector _tcp = settings.ConnectorFor(origin);

    // where TLS follows, the tunnel is part of what begins it
    readonly ProxyTunnel? _tunnel = origin.IsSecure ? null : ProxyTunnel.To(origin);

    public ConnectorSteps Steps => ConnectorSteps.Return | ConnectorSteps.Reuse;

    public async ValueTask<HttpConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken)
    {
        var transport = await _tcp.OpenTransportAsync(context, cancellationToken).ConfigureAwait(false);
        try
        {
            if (_tunnel is not null)
            {
                await _tunnel.EnterAsync(transport.Stream, context, cancellationToken).ConfigureAwait(false);
            }

            var connection = Wrap(transport, new LineState(context, origin.ToString()));
            connection.Use(settings.NewHandler(origin, connection.ConnectAsync));
            return connection;
        }
        catch
        {
            await transport.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask CloseAsync(HttpConnection connection, CloseReason reason)
    {
        connection.Retire();
        if (connection.Pooled is { } pooled)
        {
            // before the handler: a stream at rest takes leave, over TLS too
            await _tcp.CloseAsync(pooled, reason).ConfigureAwait(false);
            connection.Dispose();
        }
        else
        {
            connection.Dispose();
            if (!connection.IsStarted)
            {
                await connection.Transport.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public bool IsFault(Exception error) => true;

    public bool IsReusable(HttpConnection connection) =>
        !connection.IsClosed && !connection.IsKeptTooLong
        && (connection.Pooled is { } pooled ? _tcp.IsReusable(pooled) : connection.IsStarted || !HasEnded(connection.Transport.Stream));

    public bool TryReturn(HttpConnection connection)
    {
        return !connection.IsClosed && (connection.Pooled is not { } pooled || _tcp.TryReturn(pooled));
    }

    public OpenFailureKind Classify(Exception error) => error is TunnelRefusedException refused ? refused.Kind : _tcp.Classify(error);

    HttpConnection Wrap(TcpTransport transport, LineState state)
    {
        var tls = transport.Stream as SslStream;
        if (origin.Protocol == HttpProtocol.Http2 || tls?.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2)
        {
            transport.OnClosed(state.Close);
            return new HttpConnection(transport, pooled: null, transport.Stream, state, origin.ToString(), dispatcher);
        }

        var pooled = transport.ToPooled(readsFirst: true);
        Stream line = tls is null ? new PlainLine(pooled, state) : new SecureLine(pooled, state);
        return new HttpConnection(transport, pooled, line, state, origin.ToString(), dispatcher);
    }

    // nothing is read from an HTTP/2 connection until it is used: the server's first frames lie there
    static bool HasEnded(Stream stream)
    {
        try
        {
            return stream is NetworkStream { Socket: var socket } && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }
}

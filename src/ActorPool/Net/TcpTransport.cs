using System.Net.Security;
using ActorPool.Net;

namespace ActorPool;

/// <summary>
/// A connection that a <see cref="TcpConnector"/> has opened as far as its TLS, and that belongs to whoever asked for it
/// (<see cref="TcpConnector.OpenTransportAsync"/>).
/// </summary>
/// <remarks>
/// A protocol that takes one exchange at a time makes a stream of it that condemns itself (<see cref="ToPooled"/>); one that
/// always reads, because it multiplexes, uses <see cref="Stream"/> as it is and hears of its end by <see cref="OnClosed"/>.
/// </remarks>
public sealed class TcpTransport : IAsyncDisposable
{
    readonly SocketStream _transport;
    readonly OpenContext _context;
    readonly string _endpoint;
    PooledStream? _pooled;

    internal TcpTransport(Stream stream, SocketStream transport, OpenContext context, string endpoint)
    {
        Stream = stream;
        _transport = transport;
        _context = context;
        _endpoint = endpoint;
    }

    /// <summary>The bare stream: an <see cref="SslStream"/>, which tells what was negotiated, or a plain one.</summary>
    public Stream Stream { get; }

    /// <summary>
    /// Makes it a stream as <see cref="TcpConnector.OpenAsync"/> returns it: idle and watched, and condemned through the
    /// <see cref="OpenContext"/> by what breaks it. To be called once at most; afterwards <see cref="Stream"/> is not to be
    /// read or written. Give the result to <see cref="TcpConnector.CloseAsync"/>, <see cref="TcpConnector.TryReturn"/> and
    /// <see cref="TcpConnector.IsReusable"/>.
    /// </summary>
    /// <param name="deferWatch">
    /// Leaves it to the caller when an idle stream begins to be watched (<see cref="Watch"/>), which spares one
    /// that is used all the time the watch between its leases. Only for a holder that begins by reading, and takes what it gets
    /// then for the end of the connection, as <see cref="SocketsHttpHandler"/> does.
    /// </param>
    /// <exception cref="IOException">The peer has closed the connection already, or talks unasked.</exception>
    public Stream ToPooled(bool deferWatch = false)
    {
        var pooled = Wrap(deferWatch);
        pooled.CompleteOpening();
        _pooled = pooled;
        return pooled;
    }

    /// <summary>
    /// Begins to watch the pooled stream, if that was deferred and it is idle. Without effect on one that is in use, or
    /// watched already. Never blocks.
    /// </summary>
    public void Watch() => _pooled?.Watch();

    /// <summary>Has a callback called once, when <see cref="Stream"/> is disposed by whoever uses it. Replaces an earlier one.</summary>
    /// <param name="closed">Runs on the thread that disposes the stream; must not block or throw.</param>
    public void OnClosed(Action closed)
    {
        ArgumentNullException.ThrowIfNull(closed);
        _transport.Closed = closed;
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    /// <summary>What the connection leads to.</summary>
    public override string ToString() => _endpoint;

    internal PooledStream Wrap(bool deferWatch = false) => new(Stream, _transport, _context, _endpoint, deferWatch);
}

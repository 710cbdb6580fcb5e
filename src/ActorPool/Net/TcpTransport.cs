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
    readonly IdleWatch _idleWatch;

    internal TcpTransport(Stream stream, SocketStream transport, OpenContext context, string endpoint, IdleWatch idleWatch)
    {
        _idleWatch = idleWatch;
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
    /// <param name="readsFirst">
    /// Whether every holder begins by reading, and takes what he gets then for the end of the connection, as
    /// <see cref="SocketsHttpHandler"/> does: it spares each of them a look at the socket, and a stream under TLS that is used all
    /// the time its watch.
    /// </param>
    /// <exception cref="IOException">The peer has closed the connection already, or talks unasked.</exception>
    public Stream ToPooled(bool readsFirst = false)
    {
        var pooled = Wrap(readsFirst);
        pooled.CompleteOpening();
        return pooled;
    }

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

    internal PooledStream Wrap(bool readsFirst = false) => new(Stream, _transport, _context, _endpoint, _idleWatch, readsFirst);
}

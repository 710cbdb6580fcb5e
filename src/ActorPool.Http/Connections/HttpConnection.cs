using System.Diagnostics;
using ActorPool.Http.Exchanges;

namespace ActorPool.Http.Connections;

/// <summary>
/// A connection that HTTP runs over: a stream that the pool has opened, and a handler on top of it that knows no other. What
/// an HTTP/1.1 connection carries is one request at a time, what an HTTP/2 connection carries any number.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
sealed class HttpConnection : IDisposable
{
    readonly LineState _state;
    readonly KeepAlive _keepAlive;
    readonly string _endpoint;
    readonly IDispatcher _dispatcher;
    SocketsHttpHandler? _handler;
    HttpMessageInvoker? _invoker;
    Stream? _line;
    LeaseGuard? _guard;
    int _isTaken;

    /// <param name="transport">What was opened, for its closing.</param>
    /// <param name="pooled">The stream that watches itself, for HTTP/1.1; null for HTTP/2, which always reads.</param>
    /// <param name="line">What the handler gets.</param>
    /// <param name="state">What becomes of that.</param>
    /// <param name="endpoint">What the connection leads to, for messages.</param>
    /// <param name="dispatcher">Where work starts that a finalizer finds.</param>
    public HttpConnection(TcpTransport transport, Stream? pooled, Stream line, LineState state, string endpoint, IDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        Transport = transport;
        Pooled = pooled;
        _line = line;
        _state = state;
        _keepAlive = new KeepAlive(state.TimeProvider);
        _endpoint = endpoint;
    }

    public TcpTransport Transport { get; }

    public Stream? Pooled { get; }

    /// <summary>Whether it carries more than one request at a time.</summary>
    public bool IsHttp2 => Pooled is null;

    /// <summary>Whether it was used; until then an HTTP/2 connection is not read.</summary>
    public bool IsStarted => Volatile.Read(ref _line) is null;

    public bool IsClosed => _state.IsClosed;

    /// <summary>Whether it has been idle for longer than the server keeps it, as far as that has said so.</summary>
    public bool IsKeptTooLong => _keepAlive.IsOver;

    /// <summary>Whether any of the present request has been written. Known of HTTP/1.1 only.</summary>
    public bool IsWritten => _state.IsWritten;

    /// <summary>Puts the handler on top, once.</summary>
    public void Use(SocketsHttpHandler handler)
    {
        _handler = handler;
        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>Takes the connection for one request; false if it takes one at a time and has one.</summary>
    public bool TryTake()
    {
        if (IsHttp2)
        {
            return true;
        }

        // leases of a pool that multiplexes may share it, before anybody knows that it is HTTP/1.1
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return false;
        }

        _state.IsWritten = false;
        return true;
    }

    /// <summary>The headers of the answer have come.</summary>
    public void Note(HttpResponseMessage response)
    {
        if (!IsHttp2)
        {
            _keepAlive.Note(response.Headers);
        }
    }

    /// <summary>The request is over, its answer read.</summary>
    public void GiveBack()
    {
        _keepAlive.BeginIdle();
        Volatile.Write(ref _isTaken, 0);
    }

    /// <summary>The same, of an answer that had a guard.</summary>
    public void GiveBack(LeaseGuard guard)
    {
        Volatile.Write(ref _guard, guard);
        GiveBack();
    }

    /// <summary>The guard of an answer, which is not referred to from here while there is one.</summary>
    public LeaseGuard TakeGuard() => Interlocked.Exchange(ref _guard, null) ?? new LeaseGuard(_dispatcher);

    /// <summary>Sends a request; the answer's body is on its way when this returns.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker!.SendAsync(request, cancellationToken);

    /// <summary>The handler connects: the first time it gets the connection, a second time that is gone.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _line, null) is { } line
            ? new ValueTask<Stream>(line)
            : ValueTask.FromException<Stream>(new ConnectionGoneException(_endpoint));

    /// <summary>The pool is about to close it.</summary>
    public void Retire() => _state.Retire();

    /// <summary>Ends the handler, which takes leave of the server over HTTP/2.</summary>
    public void Dispose()
    {
        _invoker?.Dispose();
        _handler?.Dispose();
    }

    public override string ToString() => $"{(IsHttp2 ? "HTTP/2" : "HTTP/1.1")} connection to {_endpoint}";
}

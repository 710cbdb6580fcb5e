using System.Net;
using ActorPool.Http.Connections;

namespace ActorPool.Http.Exchanges;

/// <summary>
/// The body of an answer, which holds the lease of its connection until it is read to its end or disposed. Disposed before
/// its end, over HTTP/1.1, it costs the connection.
/// </summary>
sealed class LeasedContent : HttpContent
{
    readonly HttpContent _inner;
    readonly HttpConnection _connection;
    readonly Lease<HttpConnection> _lease;
    readonly LeaseGuard _guard;
    readonly bool _isDuplex;
    readonly bool _decompresses;
    int _isOver;

    /// <param name="inner">The content as it came.</param>
    /// <param name="connection">The connection that it comes over.</param>
    /// <param name="lease">The lease, which is this object's from now on.</param>
    /// <param name="tag">The request, for the case that the answer is lost.</param>
    /// <param name="isDuplex">Whether the connection is the caller's in both directions (101, CONNECT): its end is no end.</param>
    /// <param name="decompresses">Whether the end of what is read may not be the end of what was sent.</param>
    public LeasedContent(HttpContent inner, HttpConnection connection, Lease<HttpConnection> lease, RequestTag tag, bool isDuplex, bool decompresses)
    {
        _guard = connection.TakeGuard();
        _guard.Arm(lease, tag);
        _inner = inner;
        _connection = connection;
        _lease = lease;
        _isDuplex = isDuplex;
        _decompresses = decompresses;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            if (values.Count == 1)
            {
                Headers.TryAddWithoutValidation(name, values.ToString());
            }
            else
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }
    }

    /// <summary>The body was read to its end: the connection is free.</summary>
    public void Finish()
    {
        if (_isDuplex || Volatile.Read(ref _isOver) != 0)
        {
            return;
        }

        if (_decompresses)
        {
            // what was sent after the last compressed byte is still to be taken off the connection
            _inner.Dispose();
        }

        Return();
    }

    /// <summary>Reading failed: over HTTP/1.1 the connection is lost.</summary>
    public void Fail(Exception error)
    {
        if (!_connection.IsHttp2)
        {
            _lease.MarkFaulty(error);
        }

        Return();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.CopyToAsync(stream, context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(error);
            throw;
        }

        Finish();
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            _inner.CopyTo(stream, context, cancellationToken);
        }
        catch (Exception error)
        {
            Fail(error);
            throw;
        }

        Finish();
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(CreateContentReadStream(CancellationToken.None));

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Task.FromResult(CreateContentReadStream(cancellationToken));

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new LeasedBody(_inner.ReadAsStream(cancellationToken), this);

    // the header says it, if anybody does
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // closes the connection if anything is left unread that has not arrived yet
            _inner.Dispose();
            Return();
        }

        base.Dispose(disposing);
    }

    void Return()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _guard.Disarm();
            _connection.GiveBack(_guard);
            _lease.Dispose();
        }
    }
}

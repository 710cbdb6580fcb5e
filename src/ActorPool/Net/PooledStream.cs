using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ActorPool.Net;

/// <summary>
/// The stream that a <see cref="TcpConnector"/> pools: a socket, plain or under TLS, that condemns itself when it may no
/// longer be pooled: an operation on it failed, was cancelled or is still pending when it comes back, its peer closed
/// it, or bytes arrived that nobody had asked for.
/// </summary>
/// <remarks>
/// Here: every operation, counted in and out. <c>PooledStream.Watch.cs</c>: the pending read that notices what happens
/// while the stream is idle. <c>PooledStream.Life.cs</c>: return, reuse, close. <see cref="StreamState"/>: their races.
/// </remarks>
sealed partial class PooledStream : Stream
{
    readonly Stream _inner;
    readonly Socket _socket;
    readonly TlsTransport? _tls;
    readonly OpenContext _context;
    readonly string _endpoint;
    readonly IdleWatch? _idleWatch;
    readonly bool _readsFirst;
    StreamState _state = new();
    Exception? _error;

    // Whether anything was read since it was opened: an end after that may be the peer's way.
    bool _hasAnswered;
    int _readTimeout = Timeout.Infinite;

    /// <param name="inner">The <paramref name="transport"/> itself, or an <see cref="SslStream"/> that owns it.</param>
    /// <param name="transport">The plain stream, which owns its socket; a <see cref="TlsTransport"/> below TLS.</param>
    /// <param name="context">The line to the pool.</param>
    /// <param name="endpoint">What the connection leads to, for messages.</param>
    /// <param name="idleWatch">Has it watched while it stays idle.</param>
    /// <param name="readsFirst">Whether every holder begins by reading, and takes what comes then for the end of the connection.</param>
    public PooledStream(
        Stream inner, NetworkStream transport, OpenContext context, string endpoint, IdleWatch idleWatch, bool readsFirst = false)
    {
        // Below TLS a reply may lie decrypted where no look at the socket finds it: only a watch from the first moment does,
        // or a holder who reads before he asks.
        _idleWatch = inner is SslStream && !readsFirst ? null : idleWatch;
        _readsFirst = readsFirst;
        _inner = inner;
        _socket = transport.Socket;
        // a transport that was made for TLS may have stayed in the clear
        _tls = inner is SslStream ? transport as TlsTransport : null;
        _context = context;
        _endpoint = endpoint;
        _watchEnded = OnWatchEnded;
        _closing = _tls is null ? null : new CancellationTokenSource();
        _watchToken = _closing?.Token ?? default;
    }

    public override bool CanRead => !_state.IsClosed && _inner.CanRead;

    public override bool CanWrite => !_state.IsClosed && _inner.CanWrite;

    public override bool CanSeek => false;

    public override bool CanTimeout => _inner.CanTimeout;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int ReadTimeout
    {
        get => _readTimeout;
        set
        {
            _inner.ReadTimeout = value;
            _readTimeout = value;
        }
    }

    public override int WriteTimeout
    {
        get => _inner.WriteTimeout;
        set => _inner.WriteTimeout = value;
    }

    public bool IsEncrypted => _tls is not null;

    /// <summary>Whether the idle watch is pending; for tests.</summary>
    internal bool IsWatched => _state.IsWatched;

    /// <summary>The pool's clock.</summary>
    public TimeProvider TimeProvider => _context.TimeProvider;

    /// <summary>The socket, for tests of its options.</summary>
    internal Socket Socket => _socket;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        try
        {
            if (_state.IsWatched)
            {
                await WatchOverAsync(cancellationToken).ConfigureAwait(false);
            }

            ThrowIfWatchFailed();
            return Received(await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        Begin();
        try
        {
            WaitUntilWatchIsOver();
            ThrowIfWatchFailed();
            return Received(_inner.Read(buffer), buffer.Length);
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        try
        {
            await _inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin();
        try
        {
            _inner.Write(buffer);
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        Begin();
        try
        {
            await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    public override void Flush()
    {
        Begin();
        try
        {
            _inner.Flush();
        }
        catch (Exception error)
        {
            Condemn(error);
            throw;
        }
        finally
        {
            _state.End();
        }
    }

    // every other way to read or write ends in one of those above; CopyTo and CopyToAsync of the base class do too

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    public override void WriteByte(byte value) => Write([value]);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override string ToString() => _endpoint;

    void Begin()
    {
        switch (_state.Begin())
        {
            case OperationEntry.Closed:
                throw NetErrors.Closed(_endpoint);

            case OperationEntry.Spoiled:
                throw NetErrors.BrokeWhileIdle(_endpoint, _error);

            case OperationEntry.First when BrokeWhileIdle(out var broken):
                _state.Spoil();
                Condemn(broken);
                _state.End();
                throw NetErrors.BrokeWhileIdle(_endpoint, broken);
        }
    }

    int Received(int count, int asked)
    {
        if (count > 0 && !_hasAnswered && _opened)
        {
            _hasAnswered = true;
        }

        if (count == 0 && asked > 0)
        {
            // closing the socket under a pending read ends it as if the peer had finished: half a reply would look whole
            ObjectDisposedException.ThrowIf(_state.IsClosed, this);
            Condemn(NetErrors.EndOfStream(_endpoint, _hasAnswered));
        }

        return count;
    }
}

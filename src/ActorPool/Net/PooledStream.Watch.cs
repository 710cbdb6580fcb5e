using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace ActorPool.Net;

/// <summary>
/// The idle watch: one read of zero bytes, pending on the stream, which ends when there is something to read or the
/// connection has ended. Over TLS it ends on plaintext only; what TLS says to itself (session tickets, keys) it swallows.
/// </summary>
/// <remarks>
/// Armed at return, or on a stream without TLS once it has stayed idle for a moment (<see cref="IdleWatch"/>). It stays
/// pending across leases, so that a lease without reads costs nothing. A holder's read waits until it is over,
/// since TLS has room for one read at a time, and then reads for itself: there is something by then. The wait is this
/// object's own value-task source, so that it allocates nothing.
/// </remarks>
partial class PooledStream : IValueTaskSource
{
    readonly Action _watchEnded;
    readonly CancellationToken _watchToken;
    ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _watch;
    ManualResetValueTaskSourceCore<bool> _watchOver;
    Exception? _watchError;

    /// <summary>Starts the watch that <see cref="StreamState.TryBecomeIdle"/> asked for.</summary>
    void ArmWatch()
    {
        // the read outlives the lease and must not keep the releaser's AsyncLocals and Activity alive
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
#pragma warning disable CA2012 // the awaiter is consumed once, by OnWatchEnded
            _watch = _inner.ReadAsync(Memory<byte>.Empty, _watchToken).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
        }
        catch (Exception error)
        {
            EndWatch(error);
            return;
        }
        finally
        {
            flow?.Undo();
        }

        if (_watch.IsCompleted)
        {
            OnWatchEnded();
        }
        else
        {
            _watch.UnsafeOnCompleted(_watchEnded);
        }
    }

    void OnWatchEnded()
    {
        Exception? failure = null;
        try
        {
            _watch.GetResult();
        }
        catch (Exception error)
        {
            failure = error;
        }

        if (failure is null && _state.TryLeaveToHolder(out var readerWaits))
        {
            // its holder reads for himself, whatever there is or is not: no need to look
            if (readerWaits)
            {
                WakeReader();
            }

            return;
        }

        if (failure is null && IsFalseAlarm())
        {
            // still watched, and whoever waits for the watch goes on waiting
            ArmWatch();
            return;
        }

        EndWatch(failure);
    }

    /// <summary>
    /// Whether nothing is there although the watch has ended. On Linux a read of zero bytes ends with the next event of its
    /// socket, and that may be the late one of bytes that were read long ago. TLS looks for itself.
    /// </summary>
    bool IsFalseAlarm()
    {
        try
        {
            return _tls is null && !_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    void EndWatch(Exception? failure)
    {
        // A socket tells of a reset once; the read after that would look like a clean end. So the error is kept for the
        // reader. The swap in EndWatch publishes it.
        _watchError = failure;
        var end = _state.EndWatch();
        if ((end & WatchEnd.Untouched) != 0)
        {
            Condemn(NetErrors.WatchEnded(_endpoint, failure, HasEnded()));
        }
        else if (failure is not null)
        {
            Condemn(failure);
        }

        if ((end & WatchEnd.ReaderWaits) != 0)
        {
            WakeReader();
        }
    }

    /// <summary>The last thing to do, as it runs the reader: on the thread-pool thread that the socket's own read would have come back on.</summary>
    void WakeReader()
    {
        _watchOver.RunContinuationsAsynchronously = false;
        _watchOver.SetResult(true);
    }

    /// <summary>Returns once no watch is pending. Cancelling gives up the wait, never the watch.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask WatchOverAsync(CancellationToken cancellationToken)
    {
        if (_state.TryWait())
        {
            // leaving the block waits for a callback that is running: none reaches into the next wait
            using (cancellationToken.UnsafeRegister(static (stream, token) => ((PooledStream)stream!).StopWaiting(token), this))
            {
                await new ValueTask(this, _watchOver.Version).ConfigureAwait(false);
            }
        }
    }

    void StopWaiting(CancellationToken cancellationToken)
    {
        if (_state.TryStopWaiting())
        {
            // whoever cancels must not be held up by what the reader does next
            _watchOver.RunContinuationsAsynchronously = true;
            _watchOver.SetException(new OperationCanceledException(cancellationToken));
        }
    }

    /// <summary>The same for a blocking read, within <see cref="ReadTimeout"/>.</summary>
    void WaitUntilWatchIsOver()
    {
        if (!_state.TryWait())
        {
            return;
        }

        // a task's wait, unlike an event's, tells the thread pool that it lacks a thread: the watch needs one to end
        var over = new ValueTask(this, _watchOver.Version).AsTask();
        if (!over.Wait(_readTimeout))
        {
            if (_state.TryStopWaiting())
            {
                _watchOver.Reset();
                throw NetErrors.ReadTimedOut(_endpoint, _readTimeout);
            }

            over.Wait();
        }
    }

    void ThrowIfWatchFailed()
    {
        if (_watchError is { } error)
        {
            ObjectDisposedException.ThrowIf(_state.IsClosed, this);
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>
    /// What the first operation of a holder asks the socket itself, before it sends anything: the watch may have ended
    /// without a thread to say so. Bytes that are there now cannot be an answer to this holder.
    /// </summary>
    /// <remarks>
    /// Over TLS, bytes may be session tickets. Those come with the handshake, ahead of all data: so from the second
    /// lease on, bytes are taken for data, whether they are still in the socket or TLS is at work on them.
    /// </remarks>
    bool BrokeWhileIdle(out Exception reason)
    {
        reason = null!;
        try
        {
            var broken = _readsFirst && _leases > 1 && !_state.IsWatched ? BrokeUnwatched() : _tls is null
                ? _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead)
                : _leases > 1 && (_socket.Available > 0 || _tls.IsTaking);
            if (broken)
            {
                reason = NetErrors.WatchEnded(_endpoint, failure: null, HasEnded());
            }

            return broken;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the operation will meet it too
            return false;
        }
    }

    /// <summary>
    /// The same for a stream whose watch had not begun. Its holder reads before it writes and looks at what comes: that finds
    /// everything, except below TLS, where the read goes on until there is plaintext.
    /// </summary>
    bool BrokeUnwatched() => _tls is not null && _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Whether the peer has closed its side and nothing is left to read.</summary>
    bool HasEnded()
    {
        try
        {
            // in this order: bytes that arrive in between do not look like an end
            return _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && _socket.Available == 0;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _watchOver.GetResult(token);
        }
        finally
        {
            _watchOver.Reset();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _watchOver.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _watchOver.OnCompleted(continuation, state, token, flags);
}

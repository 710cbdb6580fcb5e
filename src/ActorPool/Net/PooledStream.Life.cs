using System.Net.Security;
using System.Net.Sockets;

namespace ActorPool.Net;

/// <summary>How a stream is returned, reused, condemned and closed.</summary>
partial class PooledStream
{
    static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromMilliseconds(500);

    // ends the watch of a TLS stream before it says goodbye; null on a plain one, which ends it by closing
    readonly CancellationTokenSource? _closing;

    // whether the idle watch looks after it
    int _isListed;

    // what _leases was when the idle watch last looked
    int _leasesSeen = -1;

    // how often somebody used it and gave it back, the opener included; written by whoever returns it
    int _leases;

    // whether the pool knows of it: before that, OpenAsync is the one to fail
    bool _opened;

    /// <summary>
    /// Ends the opening: from here on the stream is idle and watched, and what breaks it is told to the pool.
    /// </summary>
    /// <exception cref="IOException">The handshake left it unfit for use, or the peer has closed it or talks unasked.</exception>
    public void CompleteOpening()
    {
        if (!TryReturn())
        {
            throw NetErrors.UnfitAfterOpening(_endpoint, _error);
        }

        // a full fence, as in Condemn: either the watch sees this, or this sees what the watch found
        Interlocked.Exchange(ref _opened, true);
        if (_state.IsCondemned)
        {
            throw NetErrors.UnfitAfterOpening(_endpoint, _error);
        }
    }

    /// <summary>Takes the stream back from its holder; false when nobody may have it any more.</summary>
    public bool TryReturn()
    {
        if (_state.Operations is > 0 and var pending)
        {
            // its reply would come when somebody else holds the stream
            Condemn(NetErrors.PendingAtReturn(_endpoint, pending));
            return false;
        }

        var touched = !_state.IsIdle;
        if (!_state.TryBecomeIdle(defer: _idleWatch is not null, out var arm))
        {
            return false;
        }

        if (touched)
        {
            _leases++;
        }

        if (arm)
        {
            ArmWatch();
        }
        else if (_idleWatch is not null && touched && !_state.IsWatched && HasUnread())
        {
            return false;
        }
        else if (_idleWatch is not null && touched && Volatile.Read(in _isListed) == 0 && Interlocked.Exchange(ref _isListed, 1) == 0)
        {
            _idleWatch.Add(this);
        }

        return !_state.IsCondemned;
    }

    /// <summary>
    /// Whether a stream that is not watched was returned with something unread, or its end: what the watch would tell at once.
    /// A holder who reads first finds it out by himself.
    /// </summary>
    bool HasUnread()
    {
        if ((_readsFirst && _leases > 1) || !BrokeWhileIdle(out var reason))
        {
            return false;
        }

        _state.Spoil();
        Condemn(reason);
        return true;
    }

    /// <summary>
    /// A look of the idle watch: false if nobody has returned the stream since the last one; it leaves the list then
    /// (<see cref="LeaveList"/>).
    /// </summary>
    public bool StaysListed()
    {
        var leases = Volatile.Read(in _leases);
        if (leases != _leasesSeen && !_state.IsClosed)
        {
            _leasesSeen = leases;
            return true;
        }

        return false;
    }

    /// <summary>Takes the stream off the idle watch's list; if it is idle, it is watched from now on. May run its reader.</summary>
    public void LeaveList()
    {
        // First off the list, then the look at the state; a return does both the other way round. So a stream that becomes
        // idle at this moment is watched now, or listed again.
        Interlocked.Exchange(ref _isListed, 0);
        if (_state.TryWatch())
        {
            ArmWatch();
        }
    }

    /// <summary>Looks at an idle stream: false when its peer closed it, it has unread bytes, or somebody still uses it.</summary>
    public bool IsReusable()
    {
        if (!_state.IsIdle)
        {
            return false;
        }

        try
        {
            // over TLS unread bytes are no evidence, as they may be session tickets: the watch reads those and tells
            return _tls is not null ? !HasEnded() : !_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Closes it: a stream at rest takes leave of its peer first (over TLS, for half a second at most), one in use is
    /// cut off, and what is pending on it fails.
    /// </summary>
    public async ValueTask CloseAsync()
    {
        if (_state.TryClose(out var atRest))
        {
            await CloseAsync(atRest).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What a holder calls who disposes the lease's stream, or who has detached it from the pool: nobody can use it any
    /// more, and the pool is told.
    /// </summary>
    public override async ValueTask DisposeAsync()
    {
        if (_state.TryClose(out var atRest))
        {
            Tell(NetErrors.DisposedByHolder(_endpoint));
            await CloseAsync(atRest).ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _state.TryClose(out _))
        {
            Tell(NetErrors.DisposedByHolder(_endpoint));
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    async ValueTask CloseAsync(bool atRest)
    {
        try
        {
            if (atRest && _inner is SslStream tls)
            {
                await SayGoodbyeAsync(tls).ConfigureAwait(false);
            }
        }
        finally
        {
            await _inner.DisposeAsync().ConfigureAwait(false);
            _closing?.Dispose();
        }
    }

    async ValueTask SayGoodbyeAsync(SslStream tls)
    {
        try
        {
            using var bound = new CancellationTokenSource(GoodbyeTimeout, _context.TimeProvider);
            // the goodbye and a read must not work on one TLS session at a time
            await _closing!.CancelAsync().ConfigureAwait(false);
            await WatchOverAsync(bound.Token).ConfigureAwait(false);
            await tls.ShutdownAsync().WaitAsync(bound.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or InvalidOperationException or OperationCanceledException)
        {
            // a courtesy: a peer that is gone or does not listen does without (a disposed stream is an InvalidOperationException too)
        }
    }

    /// <summary>Marks the stream unfit for the pool, and tells the pool why; what closing it causes is no news.</summary>
    void Condemn(Exception reason)
    {
        // the mark first: an operation that fails is counted out after it, so no return can slip in between
        if (_state.Condemn())
        {
            Tell(reason);
        }
    }

    // the first reason is the one that counts
    void Tell(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _error, reason, null) is null && Volatile.Read(in _opened))
        {
            _context.Condemn(reason);
        }
    }
}

namespace ActorPool.Net;

/// <summary>
/// What a <see cref="PooledStream"/> is doing, in one word: how many operations are in flight, whether somebody used it
/// since it was last returned, whether its idle watch is pending, whether it may be used again. Every decision that two
/// threads could race for is one compare-and-swap on this word. This is the only lock-free file of this folder.
/// </summary>
/// <remarks>
/// <para>
/// <b>The rule:</b> whoever ends the watch of an <i>untouched</i> stream spoils it. Untouched means that nobody began an
/// operation since the stream was opened or returned, so nobody can have asked for what arrived. A spoiled stream is
/// condemned and refuses every operation, because it may already be on its way to a holder who must not see those bytes.
/// </para>
/// <para>
/// <b>Watch against the next holder's first operation.</b> Both swap the same word. The watch first: the operation is
/// refused. The operation first: the watch finds the stream touched and spoils nothing; but bytes that had arrived by
/// then are in the socket, whether or not the thread pool has got round to the watch, and that is where the first
/// operation looks for them (<see cref="PooledStream"/>, <c>BrokeWhileIdle</c>) before it sends anything.
/// </para>
/// <para>
/// <b>Watch against return.</b> A return makes the stream untouched and takes over or arms the watch in one swap, so
/// that no stretch of idleness goes unwatched; or it defers the watch, and the stream is looked at when it comes back and
/// before the next holder's first operation, until <see cref="IdleWatch"/> arms it in a swap of its own. A watch that ended before the swap is armed anew and sees unread bytes at
/// once; one that ends after the swap ends an untouched stream.
/// </para>
/// <para>
/// <b>Operation against return.</b> An operation that fails condemns before it is counted out: a return sees either the
/// operation or the condemnation.
/// </para>
/// <para>
/// A stream is condemned once too often where this is in doubt: that costs a connection. Once too seldom would show a
/// holder the reply to a stranger's request.
/// </para>
/// </remarks>
struct StreamState()
{
    const int Condemned = 1;
    const int Spoiled = 2;
    const int Closed = 4;
    const int Touched = 8;
    const int Watched = 16;
    const int Waiting = 32;
    const int OneOperation = 64;

    // the opener is the first holder: its handshake is not idleness
    int _word = Touched;

    public readonly bool IsCondemned => (Volatile.Read(in _word) & Condemned) != 0;

    public readonly bool IsClosed => (Volatile.Read(in _word) & Closed) != 0;

    public readonly bool IsWatched => (Volatile.Read(in _word) & Watched) != 0;

    /// <summary>Nobody uses it, nobody did since its return, nothing is known against it.</summary>
    public readonly bool IsIdle => Volatile.Read(in _word) is var word && word < OneOperation && (word & (Condemned | Touched)) == 0;

    public readonly int Operations => Volatile.Read(in _word) / OneOperation;

    /// <summary>Counts an operation in, if the stream still takes any.</summary>
    public OperationEntry Begin()
    {
        var seen = Volatile.Read(in _word);
        while (true)
        {
            if ((seen & (Closed | Spoiled)) != 0)
            {
                return (seen & Closed) != 0 ? OperationEntry.Closed : OperationEntry.Spoiled;
            }

            var was = Interlocked.CompareExchange(ref _word, (seen + OneOperation) | Touched, seen);
            if (was == seen)
            {
                return (seen & Touched) == 0 ? OperationEntry.First : OperationEntry.Later;
            }

            seen = was;
        }
    }

    /// <summary>Counts an operation out. Whatever it did to the stream has to be marked by then.</summary>
    public void End() => Interlocked.Add(ref _word, -OneOperation);

    /// <summary>The stream must not be pooled again; its present holder may go on with it. False once it is closed.</summary>
    public bool Condemn() => (Interlocked.Or(ref _word, Condemned) & Closed) == 0;

    /// <summary>The stream must not be used again by anybody.</summary>
    public void Spoil() => Interlocked.Or(ref _word, Condemned | Spoiled);

    /// <summary>Makes a returned stream untouched, and watched unless that is deferred; false when it must not be pooled.</summary>
    /// <param name="defer">Leaves the watch to <see cref="TryWatch"/>, unless it is still pending.</param>
    /// <param name="arm">Whether the caller has to start the watch.</param>
    public bool TryBecomeIdle(bool defer, out bool arm)
    {
        arm = false;
        var watch = defer ? 0 : Watched;
        var seen = Volatile.Read(in _word);
        while (true)
        {
            if ((seen & Condemned) != 0 || seen >= OneOperation)
            {
                return false;
            }

            if ((seen & Touched) == 0)
            {
                // a lease without I/O: still watched since the last return
                return true;
            }

            var was = Interlocked.CompareExchange(ref _word, (seen & ~Touched) | watch, seen);
            if (was == seen)
            {
                arm = watch != 0 && (seen & Watched) == 0;
                return true;
            }

            seen = was;
        }
    }

    /// <summary>
    /// The watch is over, and the stream's holder has used it since it was returned: what is there, if anything, may be for
    /// him. False if nobody has used it; then it is still watched.
    /// </summary>
    /// <param name="readerWaits">Whether a reader waits for the end of the watch.</param>
    public bool TryLeaveToHolder(out bool readerWaits)
    {
        var seen = Volatile.Read(in _word);
        while ((seen & Touched) != 0)
        {
            var was = Interlocked.CompareExchange(ref _word, seen & ~(Watched | Waiting), seen);
            if (was == seen)
            {
                readerWaits = (seen & Waiting) != 0;
                return true;
            }

            seen = was;
        }

        readerWaits = false;
        return false;
    }

    /// <summary>Makes an idle stream watched, whose watch was deferred; false when there is no need or somebody uses it. The caller starts the watch.</summary>
    public bool TryWatch()
    {
        var seen = Volatile.Read(in _word);
        return seen < OneOperation && (seen & (Condemned | Touched | Watched | Closed)) == 0
            && Interlocked.CompareExchange(ref _word, seen | Watched, seen) == seen;
    }

    /// <summary>The watch is over: spoils the stream if it was untouched, and says who has to hear of it.</summary>
    public WatchEnd EndWatch()
    {
        var seen = Volatile.Read(in _word);
        while (true)
        {
            var untouched = (seen & (Touched | Closed)) == 0;
            var next = (seen & ~(Watched | Waiting)) | (untouched ? Condemned | Spoiled : 0);
            var was = Interlocked.CompareExchange(ref _word, next, seen);
            if (was == seen)
            {
                return (untouched ? WatchEnd.Untouched : 0) | ((seen & Waiting) != 0 ? WatchEnd.ReaderWaits : 0);
            }

            seen = was;
        }
    }

    /// <summary>Puts a reader in line behind the watch; false when there is no watch (any more) to wait for.</summary>
    /// <exception cref="NotSupportedException">Another reader waits already.</exception>
    public bool TryWait()
    {
        var seen = Volatile.Read(in _word);
        while ((seen & Watched) != 0)
        {
            if ((seen & Waiting) != 0)
            {
                throw new NotSupportedException("Another read is pending on this stream; one at a time.");
            }

            var was = Interlocked.CompareExchange(ref _word, seen | Waiting, seen);
            if (was == seen)
            {
                return true;
            }

            seen = was;
        }

        return false;
    }

    /// <summary>Takes the waiting reader out of line; false when the watch has ended and serves it.</summary>
    public bool TryStopWaiting() => (Interlocked.And(ref _word, ~Waiting) & Waiting) != 0;

    /// <summary>Refuses every operation from here on; false when that was so before.</summary>
    /// <param name="atRest">Whether no operation was in flight and nothing was known against the stream.</param>
    public bool TryClose(out bool atRest)
    {
        var was = Interlocked.Or(ref _word, Closed | Condemned);
        atRest = was < OneOperation && (was & Condemned) == 0;
        return (was & Closed) == 0;
    }
}

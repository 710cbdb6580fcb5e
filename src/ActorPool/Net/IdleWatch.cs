namespace ActorPool.Net;

/// <summary>
/// Has streams watched that stay idle. One that is used again and again is spared the watch, which would cost each of its
/// leases two system calls and the hop to another thread: it is looked at before its holder's first operation instead.
/// </summary>
/// <remarks>
/// A stream is listed when it is returned, and again at its next return after it left the list; the timer runs while there
/// are any. So a stream in steady use costs a look every 20 ms, an idle one nothing.
/// </remarks>
sealed class IdleWatch
{
    // an end that comes within twice this time after a return is noticed that late
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    readonly Lock _lock = new();
    List<PooledStream> _returned = [];
    List<PooledStream> _looked = [];
    ITimer? _timer;

    /// <summary>A stream has become idle, and is not listed.</summary>
    public void Add(PooledStream stream)
    {
        lock (_lock)
        {
            _returned.Add(stream);
            if (_returned.Count == 1)
            {
                _timer ??= NewTimer(stream.TimeProvider);
                _timer.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    void Look()
    {
        List<PooledStream>? leaving = null;
        lock (_lock)
        {
            (_returned, _looked) = (_looked, _returned);
            foreach (var stream in _looked)
            {
                if (stream.StaysListed())
                {
                    _returned.Add(stream);
                }
                else
                {
                    (leaving ??= []).Add(stream);
                }
            }

            _looked.Clear();
            if (_returned.Count > 0)
            {
                _timer!.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }

        // Without the lock: a watch that ends as it begins wakes the reader who has come meanwhile, and what that one does next
        // is his own affair. He may wait for the return of another stream.
        foreach (var stream in leaving ?? [])
        {
            stream.LeaveList();
        }
    }

    // it outlives the lease that starts it, and must not carry its context along
    ITimer NewTimer(TimeProvider timeProvider)
    {
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
            return timeProvider.CreateTimer(static watch => ((IdleWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow?.Undo();
        }
    }
}

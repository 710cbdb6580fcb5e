namespace ActorPool.Http.Connections;

/// <summary>
/// Has connections watched that stay idle: the end of one is noticed when it happens from then on. A connection that is used
/// again and again is spared the watch, which would cost it two system calls per request.
/// </summary>
/// <remarks>One timer for all connections; it runs while there are any to look after, and looks ten times a second.</remarks>
sealed class IdleWatch(TimeProvider timeProvider) : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    readonly List<HttpConnection> _connections = [];
    ITimer? _timer;
    bool _isRunning;
    bool _isOver;

    public void Add(HttpConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }

        Returned();
    }

    public void Remove(HttpConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>A connection was returned. Cheap while others are being looked after.</summary>
    public void Returned()
    {
        if (!Volatile.Read(ref _isRunning))
        {
            Start();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    void Start()
    {
        lock (_lock)
        {
            if (_isRunning || _isOver)
            {
                return;
            }

            _isRunning = true;

            _timer ??= NewTimer();
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    ITimer NewTimer()
    {
        // it outlives the request that starts it, and must not carry its context along
        AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
            return timeProvider.CreateTimer(
                static watch => ((IdleWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow?.Undo();
        }
    }

    void Look()
    {
        HttpConnection[] connections;
        lock (_lock)
        {
            // before the look: a connection that comes back during it starts the next one
            _isRunning = false;
            connections = [.. _connections];
        }

        var again = false;
        foreach (var connection in connections)
        {
            again |= !connection.WatchIfIdle();
        }

        if (again)
        {
            Start();
        }
    }
}

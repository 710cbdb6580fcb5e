using ActorPool.Budgets.Engines;

namespace ActorPool.Budgets.Etcd;

/// <summary>One member of the cluster, as this store has met it.</summary>
sealed class EtcdMember(Uri address, PoolRuntime runtime) : IDisposable
{
    readonly Lock _lock = new();
    readonly AttemptSchedule _schedule = new(runtime);
    CancellationTokenSource _watches = new();

    public Uri Address => address;

    public string Name => address.Authority;

    /// <summary>What went wrong last.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>How long it is until it may be tried; zero or less: now.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_lock)
            {
                return _schedule.Remaining;
            }
        }
    }

    /// <summary>Cancelled when this member has failed: its watches may tell nothing any more.</summary>
    public CancellationToken Watches
    {
        get
        {
            lock (_lock)
            {
                return _watches.Token;
            }
        }
    }

    public void Served()
    {
        lock (_lock)
        {
            _schedule.Served();
        }
    }

    /// <summary>It is left alone for a while.</summary>
    public void Failed(string error)
    {
        lock (_lock)
        {
            _schedule.Tried();
            LastError = error;
        }

        LeaveWatches();
    }

    /// <summary>Ends its watches, which are then begun anew at whatever member serves.</summary>
    public void LeaveWatches()
    {
        CancellationTokenSource watches;
        lock (_lock)
        {
            watches = _watches;
            _watches = new CancellationTokenSource();
        }

        _ = watches.CancelAsync();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _watches.Cancel();
            _watches.Dispose();
        }
    }
}

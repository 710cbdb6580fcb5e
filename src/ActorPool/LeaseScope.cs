using ActorPool.Endpoints;

namespace ActorPool;

/// <summary>
/// A holder with an end: a request, a job, an actor of another system. Leases that are acquired for it
/// (<see cref="AcquireLease.Holder"/>) are taken back when it ends, whoever may still have a copy of them, and acquires that
/// wait for it fail. One scope may hold leases of any number of pools.
/// </summary>
/// <remarks>
/// A lease that is taken back may be in the middle of its work: its connection is closed, never handed to another holder.
/// </remarks>
public sealed class LeaseScope : IDisposable
{
    // So many pools are remembered before those that are gone are looked for.
    const int SweepMin = 16;

    readonly HashSet<EndpointSupervisor> _pools = [];
    readonly CancellationTokenRegistration _registration;
    int _sweepAt = SweepMin;
    bool _hasEnded;

    /// <summary>A scope that lasts until it is disposed, or its token is cancelled.</summary>
    /// <param name="name">Names the scope in errors, logs and snapshots; not empty.</param>
    /// <param name="cancellationToken">Ends the scope.</param>
    public LeaseScope(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _registration = cancellationToken.UnsafeRegister(static scope => ((LeaseScope)scope!).End(), this);
    }

    /// <summary>The scope's name.</summary>
    public string Name { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    /// <summary>Ends the scope. Never blocks; a second call is ignored.</summary>
    public void Dispose()
    {
        _registration.Unregister();
        End();
    }

    /// <summary>The scope's name.</summary>
    public override string ToString() => Name;

    /// <summary>An acquire for this scope comes to a pool: from now on the pool is told of the end.</summary>
    internal void Join(EndpointSupervisor pool)
    {
        lock (_pools)
        {
            if (!_hasEnded && _pools.Add(pool) && _pools.Count >= _sweepAt)
            {
                // A scope may live longer than pools: a closed one without leases has nothing of its.
                _pools.RemoveWhere(static pool => pool is { IsClosedNow: true, LeasedNow: 0 });
                _sweepAt = Math.Max(SweepMin, 2 * _pools.Count);
            }
        }
    }

    /// <summary>
    /// The flag first, then the messages: an acquire whose turn comes before the message is found by it, one that comes
    /// later sees the flag.
    /// </summary>
    void End()
    {
        EndpointSupervisor[] pools;
        lock (_pools)
        {
            if (_hasEnded)
            {
                return;
            }

            Volatile.Write(ref _hasEnded, true);
            pools = [.. _pools];
            _pools.Clear();
        }

        foreach (var pool in pools)
        {
            pool.EndHolderSoon(this);
        }
    }
}

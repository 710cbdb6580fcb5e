using System.Collections.Concurrent;

namespace ActorPool.Endpoints;

/// <summary>The open pools of a runtime. For any thread; a pool comes and goes without a look at the others.</summary>
sealed class PoolList
{
    readonly ConcurrentDictionary<long, IConnectionPool> _pools = new();
    long _last;

    /// <summary>Puts a pool on the list, until the result is disposed.</summary>
    public IDisposable Add(IConnectionPool pool)
    {
        var number = Interlocked.Increment(ref _last);
        _pools[number] = pool;
        return new Entry(this, number);
    }

    /// <summary>Those that are on it now, the first made first.</summary>
    public IReadOnlyList<IConnectionPool> ToList()
    {
        var pools = _pools.ToArray();
        Array.Sort(pools, static (one, other) => one.Key.CompareTo(other.Key));
        return Array.ConvertAll(pools, static pool => pool.Value);
    }

    sealed class Entry(PoolList list, long number) : IDisposable
    {
        public void Dispose() => list._pools.TryRemove(number, out _);
    }
}

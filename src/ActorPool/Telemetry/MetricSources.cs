using System.Collections.Concurrent;

namespace ActorPool.Telemetry;

/// <summary>
/// The open pools and groups of a runtime: what <see cref="PoolRuntime.Pools"/> lists, and what metrics are read from. For any
/// thread; a pool comes and goes without a look at the others.
/// </summary>
sealed class MetricSources
{
    readonly ConcurrentDictionary<IPoolSource, (long Number, IConnectionPool Pool)> _pools = new();
    readonly ConcurrentDictionary<IGroupSource, bool> _groups = new();
    long _last;

    public IEnumerable<IPoolSource> Pools => _pools.Select(static entry => entry.Key);

    public IEnumerable<IGroupSource> Groups => _groups.Select(static entry => entry.Key);

    /// <summary>The budgets over many machines that the pools share, each once.</summary>
    public IEnumerable<IClusterBudget> ClusterBudgets => Pools.Select(static pool => pool.ClusterBudget).OfType<IClusterBudget>().Distinct();

    /// <summary>The pools as their users know them, the first made first.</summary>
    public IReadOnlyList<IConnectionPool> ToList()
    {
        var pools = _pools.Values.ToArray();
        Array.Sort(pools, static (one, other) => one.Number.CompareTo(other.Number));
        return Array.ConvertAll(pools, static entry => entry.Pool);
    }

    /// <summary>Adds a pool.</summary>
    /// <param name="source">Where its numbers are read.</param>
    /// <param name="pool">The pool as its users know it.</param>
    public void Add(IPoolSource source, IConnectionPool pool) => _pools[source] = (Interlocked.Increment(ref _last), pool);

    public void Remove(IPoolSource source) => _pools.TryRemove(source, out _);

    public void Add(IGroupSource group) => _groups[group] = true;

    public void Remove(IGroupSource group) => _groups.TryRemove(group, out _);
}

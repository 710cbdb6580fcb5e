using System.Collections.Concurrent;

namespace ActorPool.Telemetry;

/// <summary>The open pools and groups of a runtime, as metrics find them. For any thread.</summary>
sealed class MetricSources
{
    readonly ConcurrentDictionary<IPoolSource, bool> _pools = new();
    readonly ConcurrentDictionary<IGroupSource, bool> _groups = new();

    public IEnumerable<IPoolSource> Pools => _pools.Select(static entry => entry.Key);

    public IEnumerable<IGroupSource> Groups => _groups.Select(static entry => entry.Key);

    public void Add(IPoolSource pool) => _pools[pool] = true;

    public void Remove(IPoolSource pool) => _pools.TryRemove(pool, out _);

    public void Add(IGroupSource group) => _groups[group] = true;

    public void Remove(IGroupSource group) => _groups.TryRemove(group, out _);
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Pools;

/// <summary>Everything that was said about pools when the services were described.</summary>
sealed class PoolTable
{
    readonly Dictionary<string, PoolRegistration> _pools = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyCollection<PoolRegistration> Pools => _pools.Values;

    /// <summary>What code says of the options of every pool, in that order.</summary>
    public IList<Action<PoolOptions>> ForAll { get; } = [];

    /// <summary>Where the pools are configured; null if they are not.</summary>
    public IConfigurationSection? Section { get; set; }

    /// <summary>The root that the section is of, if it was given; otherwise the application's is asked.</summary>
    public IConfiguration? Root { get; set; }

    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(PoolRegistration pool)
    {
        if (!_pools.TryAdd(pool.Name, pool))
        {
            throw new ArgumentException($"A pool named '{pool.Name}' has been added already; names differ by more than case.", nameof(pool));
        }
    }

    public bool TryGet(string name, [NotNullWhen(true)] out PoolRegistration? pool) => _pools.TryGetValue(name, out pool);
}

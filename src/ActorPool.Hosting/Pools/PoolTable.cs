using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using ActorPool.Hosting.Connectors;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Hosting.Pools;

/// <summary>Everything that was said about pools when the services were described.</summary>
sealed class PoolTable : IPoolCode
{
    readonly List<PoolRegistration> _pools = [];
    readonly Dictionary<string, PoolRegistration> _byName = new(StringComparer.OrdinalIgnoreCase);

    public PoolTable() => Connectors = new(StringComparer.OrdinalIgnoreCase)
    {
        [ConnectorNames.Tcp] = new TcpConfigured(),
        [ConnectorNames.Redis] = new RedisConfigured(),
        [ConnectorNames.Database] = new DatabaseConfigured(DatabaseProviders),
        [ConnectorNames.Http] = new HttpConfigured(),
    };

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<PoolRegistration> Pools => _pools;

    /// <summary>What code says of the options of every pool, in that order.</summary>
    public IList<Action<PoolOptions>> ForAll { get; } = [];

    /// <summary>Where the pools are configured; null if they are not.</summary>
    public IConfigurationSection? Section { get; set; }

    /// <summary>The connectors that configuration may name.</summary>
    public Dictionary<string, ConfiguredConnector> Connectors { get; }

    /// <summary>How they are called.</summary>
    public IReadOnlyCollection<string> KnownConnectors => [.. Connectors.Keys];

    /// <summary>The database providers that configuration may name.</summary>
    public Dictionary<string, DbProviderFactory> DatabaseProviders { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who knows budgets over many machines; null if nobody does.</summary>
    public IBudgetCatalog? Budgets { get; set; }

    /// <exception cref="ArgumentException">There is one of that name, or the name is empty.</exception>
    public void Add(PoolRegistration pool)
    {
        if (!_byName.TryAdd(pool.Name, pool))
        {
            throw new ArgumentException($"A pool named '{pool.Name}' has been added already; names must differ by more than case.", nameof(pool));
        }

        _pools.Add(pool);
    }

    public bool TryGet(string? name, [NotNullWhen(true)] out PoolRegistration? pool)
    {
        pool = null;
        return name is not null && _byName.TryGetValue(name, out pool);
    }

    /// <summary>The pools that are configured now.</summary>
    /// <param name="problems">Where problems go.</param>
    public IReadOnlyList<PoolEntry> ReadSection(ConfigurationProblems problems)
    {
        if (Section is null)
        {
            return [];
        }

        var entries = PoolsSection.Read(Section, KnownConnectors, problems, this);
        foreach (var entry in entries)
        {
            Connectors[entry.ConnectorName].Read(entry, problems);
        }

        if (Budgets is { } budgets)
        {
            budgets.Check(Section, entries, problems);
        }
        else
        {
            BudgetNames.Refuse(Section, problems);
        }

        return entries;
    }

    /// <summary>The options that a pool has now, as far as code and configuration say them.</summary>
    /// <exception cref="PoolConfigurationException">The configuration cannot be used.</exception>
    public PoolOptions ReadOptions(PoolRegistration pool)
    {
        if (Section is null)
        {
            var options = ((IPoolCode)this).Begin(pool.Name, static () => new PoolOptions());
            options.Name = pool.Name;
            ((IPoolCode)this).Configure(pool.Name, options);
            return options;
        }

        var problems = new ConfigurationProblems(Section);
        var read = pool.IsConfigured ? ReadConfigured(pool, problems) : PoolsSection.ReadOptions(Section, pool.Name, KnownConnectors, problems, this);
        problems.ThrowIfAny();
        return read;
    }

    bool IPoolCode.HasConnector(string name) => TryGet(name, out var pool) && !pool.IsConfigured;

    PoolOptions IPoolCode.Begin(string name, Func<PoolOptions> begin)
    {
        var options = TryGet(name, out var pool) && pool.Basis is { } basis ? basis() : begin();
        Apply(ForAll, options);
        return options;
    }

    void IPoolCode.Configure(string name, PoolOptions options)
    {
        if (TryGet(name, out var pool))
        {
            Apply(pool.Configure, options);
        }
    }

    PoolOptions ReadConfigured(PoolRegistration pool, ConfigurationProblems problems)
    {
        var entry = PoolsSection.Read(Section!, pool.Name, KnownConnectors, problems, this);
        if (entry is null)
        {
            return new PoolOptions { Name = pool.Name };
        }

        Connectors[entry.ConnectorName].Read(entry, problems);
        return entry.Options;
    }

    static void Apply(IEnumerable<Action<PoolOptions>> actions, PoolOptions options)
    {
        foreach (var action in actions)
        {
            action(options);
        }
    }
}

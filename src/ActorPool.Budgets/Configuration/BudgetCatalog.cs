using ActorPool.Hosting.Budgeting;
using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets.Configuration;

/// <summary>The budgets over many machines of an application: those of its configuration, and those of its code.</summary>
sealed class BudgetCatalog : IBudgetCatalog
{
    readonly Dictionary<string, CodedBudget> _coded = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _ofPools = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The engines and fences that configuration may name.</summary>
    public BudgetParts Parts { get; } = new();

    /// <summary>That of an application, made at the first call.</summary>
    public static BudgetCatalog Of(IServiceCollection services)
    {
        var table = ActorPoolServiceCollectionExtensions.TableOf(services);
        if (table.Budgets is BudgetCatalog known)
        {
            return known;
        }

        var catalog = new BudgetCatalog();
        table.Budgets = catalog;
        services.AddKeyedSingleton(
            KeyedService.AnyKey,
            static (provider, key) => (ClusterBudget)provider.GetRequiredService<PoolBudgets>().Get(key?.ToString() ?? "").Budget);
        return catalog;
    }

    /// <exception cref="ArgumentException">There is a budget of that name.</exception>
    public void Add(string name, CodedBudget budget)
    {
        if (!_coded.TryAdd(name, budget))
        {
            throw new ArgumentException($"A budget named '{name}' has been added already; names must differ by more than case.", nameof(name));
        }
    }

    /// <summary>Has a pool share a budget, unless the pool's object in the configuration names another.</summary>
    public void Assign(string pool, string budget) => _ofPools[pool] = budget;

    public void Check(IConfigurationSection actorpool, IReadOnlyList<PoolEntry> pools, ConfigurationProblems problems) =>
        new BudgetsSection(actorpool, Parts).Check(pools, _coded.Keys, problems);

    public string? NameOf(IConfigurationSection? actorpool, string pool) =>
        (actorpool is null ? null : new BudgetsSection(actorpool, Parts).NameOf(pool)) ?? _ofPools.GetValueOrDefault(pool);

    public HostedBudget Make(IServiceProvider provider, IConfigurationSection? actorpool, string name)
    {
        if (_coded.TryGetValue(name, out var coded))
        {
            var options = new ClusterBudgetOptions { Name = name };
            coded.Configure(options);
            return Make(provider, options, coded.Store(provider), _ => coded.Fence?.Invoke(provider));
        }

        if (actorpool is not null && new BudgetsSection(actorpool, Parts) is var section && section.Find(name) is { } place)
        {
            var problems = new ConfigurationProblems(actorpool);
            var configured = section.Read(name, place, problems);
            problems.ThrowIfAny();
            return Make(provider, configured.Entry.Options, configured.Store!(provider, null), store => configured.Fence?.Invoke(provider, store));
        }

        var known = _coded.Keys.Concat(actorpool is null ? [] : new BudgetsSection(actorpool, Parts).Places.Select(static place => place.Key));
        throw new InvalidOperationException($"There is no budget named '{name}'{NearestName.Hint(name, known)}");
    }

    static HostedBudget Make(IServiceProvider provider, ClusterBudgetOptions options, IGrantStore store, Func<IGrantStore, IGrantFence?> makeFence)
    {
        var fence = makeFence(store);
        var budget = new ClusterBudget(options, store, fence, provider.GetRequiredService<PoolRuntime>());
        return new HostedBudget(budget, fence is null ? null : budget.ClientName, fence as IAsyncDisposable);
    }
}

using ActorPool.Budgets;
using ActorPool.Budgets.Configuration;
using ActorPool.Hosting;

#pragma warning disable IDE0130 // where users of dependency injection look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Budgets over many machines in an application.</summary>
public static class ActorPoolBudgetServiceCollectionExtensions
{
    /// <summary>
    /// Adds budgets over many machines: those that the configuration of <c>AddActorPool</c> has (<c>actorpool { budgets { … } }</c>, or
    /// <c>budget { … }</c> in a pool's object), and those that code adds. The host makes a budget with the first pool that shares it, tells how it is in
    /// the check <c>actorpool</c>, and leaves it when the pools have been drained. A budget is found as <see cref="ClusterBudget"/> under its
    /// name as key. May be called before or after <c>AddActorPool</c>, and several times.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds budgets, engines and fences; null for what the configuration has.</param>
    /// <exception cref="ArgumentException">Two budgets have one name.</exception>
    public static IServiceCollection AddActorPoolBudget(this IServiceCollection services, Action<BudgetsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var catalog = BudgetCatalog.Of(services);
        configure?.Invoke(new BudgetsBuilder(services, catalog));
        return services;
    }

    /// <summary>Has a pool share a budget. What the pool's own object in the configuration says comes before it.</summary>
    /// <typeparam name="TConnection">What it pools.</typeparam>
    /// <param name="pool">The pool.</param>
    /// <param name="budget">The budget's name. Whether there is one is seen when the pool is made.</param>
    public static PoolBuilder<TConnection> UseBudget<TConnection>(this PoolBuilder<TConnection> pool, string budget)
        where TConnection : class
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentException.ThrowIfNullOrWhiteSpace(budget);
        BudgetCatalog.Of(pool.Services).Assign(pool.Name, budget);
        return pool;
    }

    /// <summary>Has a pool, a group or a directory share a budget. What its own object in the configuration says comes before it.</summary>
    /// <param name="pools">The pools.</param>
    /// <param name="pool">The pool's name; it may be added later.</param>
    /// <param name="budget">The budget's name. Whether there is one is seen when the pool is made.</param>
    public static PoolsBuilder UseBudget(this PoolsBuilder pools, string pool, string budget)
    {
        ArgumentNullException.ThrowIfNull(pools);
        ArgumentException.ThrowIfNullOrWhiteSpace(pool);
        ArgumentException.ThrowIfNullOrWhiteSpace(budget);
        BudgetCatalog.Of(pools.Services).Assign(pool, budget);
        return pools;
    }
}

using ActorPool.Budgets.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.Budgets;

/// <summary>
/// Says which budgets over many machines an application has, beside those of its configuration: what
/// <c>services.AddActorPoolBudget(budgets => …)</c> is given.
/// </summary>
public sealed class BudgetsBuilder
{
    readonly BudgetCatalog _catalog;

    internal BudgetsBuilder(IServiceCollection services, BudgetCatalog catalog)
    {
        Services = services;
        _catalog = catalog;
    }

    /// <summary>Where the budgets are added.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a budget. It is made, and joins, with the first pool that shares it.</summary>
    /// <param name="name">Its name, the key of its service (a <see cref="ClusterBudget"/>), and <see cref="ClusterBudgetOptions.Name"/>.</param>
    /// <param name="configure">Says how many connections there are, and what else is not as by default.</param>
    /// <param name="store">Makes its engine, such as a <c>PostgresGrantStore</c>. Disposed with the budget.</param>
    /// <param name="fence">Makes its fence; null for none.</param>
    /// <exception cref="ArgumentException">There is a budget of that name.</exception>
    public BudgetsBuilder Add(
        string name,
        Action<ClusterBudgetOptions> configure,
        Func<IServiceProvider, IGrantStore> store,
        Func<IServiceProvider, IGrantFence>? fence = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(store);
        _catalog.Add(name, new CodedBudget(configure, store, fence));
        return this;
    }

    /// <summary>Has the configuration know one more engine: <c>engine = consul</c>, with its options in the object <c>consul</c>.</summary>
    /// <param name="kind">Its name in the configuration.</param>
    /// <param name="make">Makes it from the object of that name. What it throws has the host fail at start.</param>
    /// <exception cref="ArgumentException">There is an engine of that name.</exception>
    public BudgetsBuilder AddEngine(string kind, Func<IServiceProvider, IConfigurationSection, IGrantStore> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(make);
        return _catalog.Parts.Engines.TryAdd(kind, new OwnPart<IGrantStore>(make))
            ? this
            : throw new ArgumentException($"There is an engine named '{kind}' already.", nameof(kind));
    }

    /// <summary>Has the configuration know one more fence: <c>fence { mysql { … } }</c>.</summary>
    /// <param name="kind">Its name in the configuration.</param>
    /// <param name="make">Makes it from the object of that name. What it throws has the host fail at start.</param>
    /// <exception cref="ArgumentException">There is a fence of that name.</exception>
    public BudgetsBuilder AddFence(string kind, Func<IServiceProvider, IConfigurationSection, IGrantFence> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(make);
        return _catalog.Parts.Fences.TryAdd(kind, new OwnPart<IGrantFence>(make))
            ? this
            : throw new ArgumentException($"There is a fence named '{kind}' already.", nameof(kind));
    }
}

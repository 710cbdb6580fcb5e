using ActorPool.Budgets;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorPool.AkkaNet;

/// <summary>Akka.Cluster as the engine of budgets over many machines.</summary>
public static class ActorPoolBudgetAkkaExtensions
{
    /// <summary>
    /// Has the configuration know the engine <c>akka</c>: <c>budgets { orders { connections = 180, engine = akka } }</c>. How the book is kept stands in the
    /// actor system's own configuration, <c>akka.actorpool.cluster { … }</c>.
    /// </summary>
    /// <param name="budgets">The budgets of an application.</param>
    /// <param name="system">Gives the actor system, when the first budget is made; null: the one that is registered, as by <c>AddAkka</c>.</param>
    /// <param name="options">How the book is kept; null: as the system's configuration says.</param>
    /// <exception cref="ArgumentException">There is an engine of that name.</exception>
    public static BudgetsBuilder AddAkkaEngine(
        this BudgetsBuilder budgets, Func<IServiceProvider, ActorSystem>? system = null, AkkaGrantStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        return budgets.AddEngine("akka", (provider, section) => section.GetChildren().FirstOrDefault() is { } option
            ? throw new InvalidOperationException($"{option.Path} is no option of engine akka: it stands in the actor system's configuration, akka.actorpool.cluster.{option.Key}.")
            : new AkkaGrantStore(system?.Invoke(provider) ?? provider.GetRequiredService<ActorSystem>(), options));
    }

    /// <summary>Has this member keep the book of the budgets from its start, if it has the role. Adds what the configuration needs.</summary>
    /// <param name="akka">The actor system's configuration.</param>
    /// <param name="options">How the book is kept; null: as the system's configuration says.</param>
    public static AkkaConfigurationBuilder WithActorPoolBudget(this AkkaConfigurationBuilder akka, AkkaGrantStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(akka);
        return akka
            .AddHocon(AkkaGrantStore.DefaultConfig(), HoconAddMode.Append)
            .AddStartup((system, _) => AkkaGrantStore.Keep(system, options));
    }
}

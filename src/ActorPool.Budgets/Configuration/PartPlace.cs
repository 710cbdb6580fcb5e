using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>Where the options of an engine or a fence are.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Section">Its own object; may be empty.</param>
/// <param name="Defaults">The object whose options hold for all; may be empty.</param>
/// <param name="ActorPool">The object that has everything, <c>tls</c> for all among it.</param>
sealed record PartPlace(BudgetEntry Budget, IConfigurationSection Section, IConfigurationSection Defaults, IConfigurationSection ActorPool);

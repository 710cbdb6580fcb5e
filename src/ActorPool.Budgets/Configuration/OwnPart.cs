using ActorPool.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>An engine or a fence of the application's own: what its object may say only the application knows.</summary>
sealed class OwnPart<TPart>(Func<IServiceProvider, IConfigurationSection, TPart> make) : IBudgetPart<TPart>
{
    public Func<IServiceProvider, IGrantStore?, TPart> Read(PartPlace place, ConfigurationProblems problems) =>
        (provider, _) => make(provider, place.Section.Exists() ? place.Section : place.Defaults);
}

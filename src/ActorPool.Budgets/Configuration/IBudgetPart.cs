using ActorPool.Hosting.Configuration;

namespace ActorPool.Budgets.Configuration;

/// <summary>An engine or a fence that configuration may name.</summary>
/// <typeparam name="TPart"><see cref="IGrantStore"/> or <see cref="IGrantFence"/>.</typeparam>
interface IBudgetPart<out TPart>
{
    /// <summary>Looks at what the configuration says.</summary>
    /// <param name="place">Where its options are.</param>
    /// <param name="problems">Where problems go; with any the answer must not be used.</param>
    /// <returns>What makes it, from the services and, for a fence, the budget's engine.</returns>
    Func<IServiceProvider, IGrantStore?, TPart> Read(PartPlace place, ConfigurationProblems problems);
}

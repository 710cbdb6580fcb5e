namespace ActorPool.Budgets.Configuration;

/// <summary>A budget of the configuration, ready to be made if there were no problems.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Store">Makes its engine; null after a problem.</param>
/// <param name="Fence">Makes its fence; null for none.</param>
sealed record ConfiguredBudget(
    BudgetEntry Entry, Func<IServiceProvider, IGrantStore?, IGrantStore>? Store, Func<IServiceProvider, IGrantStore?, IGrantFence>? Fence);

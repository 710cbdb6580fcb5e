namespace ActorPool.Budgets.Configuration;

/// <summary>A budget that code has added.</summary>
/// <param name="Configure">Sets its options, but for its name.</param>
/// <param name="Store">Makes its engine.</param>
/// <param name="Fence">Makes its fence; null for none.</param>
sealed record CodedBudget(
    Action<ClusterBudgetOptions> Configure, Func<IServiceProvider, IGrantStore> Store, Func<IServiceProvider, IGrantFence>? Fence);

namespace ActorPool.Budgets.Options;

/// <summary>The times that follow from others where they are not given.</summary>
static class BudgetTimes
{
    /// <summary>How often a node renews.</summary>
    public static TimeSpan RenewEvery(this ClusterBudgetOptions options) => options.RenewInterval ?? options.Lifetime / 3;

    /// <summary>How long one request to the engine may take.</summary>
    public static TimeSpan RequestWithin(this ClusterBudgetOptions options) => options.RequestTimeout ?? options.RenewEvery();
}

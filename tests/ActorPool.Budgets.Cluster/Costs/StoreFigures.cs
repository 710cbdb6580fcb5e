namespace ActorPool.Budgets.Cluster.Costs;

/// <summary>What an engine was asked in a while.</summary>
/// <param name="Times">How long each answer took, in milliseconds, in order.</param>
/// <param name="Sent">Bytes of keys and values sent.</param>
/// <param name="Received">Bytes of keys and values received.</param>
/// <param name="Refused">Transactions that found something else than they expected.</param>
/// <param name="Failed">Transactions without an answer.</param>
sealed record StoreFigures(IReadOnlyList<double> Times, long Sent, long Received, int Refused, int Failed)
{
    public double At(double quantile) => Times.Count == 0 ? 0 : Times[Math.Min(Times.Count - 1, (int)(quantile * Times.Count))];
}

using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorPool.Hosting.Health;

/// <summary>How this node stands to a budget over many machines, in the words of health checks.</summary>
static class BudgetVerdict
{
    public static PoolVerdict Of(ClusterBudgetSnapshot budget)
    {
        var (status, what) = Judge(budget);
        var error = budget.LastError is { } said ? $"; the engine: {said}" : "";
        return new PoolVerdict($"budget:{budget.Name}", status, $"budget '{budget.Name}' {what}, {Numbers(budget)}{error}", budget.ToString());
    }

    static (HealthStatus Status, string What) Judge(ClusterBudgetSnapshot budget) => budget.State switch
    {
        ClusterBudgetState.CutOff when budget.OfflineFloor > 0 =>
            (HealthStatus.Degraded, $"is cut off and lives on its floor of {budget.OfflineFloor}, {Renewed(budget)}"),
        ClusterBudgetState.CutOff => (HealthStatus.Unhealthy, $"is cut off and may open nothing, {Renewed(budget)}"),
        ClusterBudgetState.Closed => (HealthStatus.Unhealthy, "has been left"),
        ClusterBudgetState.Late => (HealthStatus.Degraded, $"is late, {Renewed(budget)}, {Seconds(budget.DeadlineIn ?? TimeSpan.Zero)} until its deadline"),
        ClusterBudgetState.Joining => (HealthStatus.Degraded, $"is being joined and may open nothing yet, {Renewed(budget)}"),
        _ when budget.IsReconciling => (HealthStatus.Degraded, "is being reconciled, since its engine may have lost writes: nothing is granted meanwhile"),
        _ => (HealthStatus.Healthy, "is joined"),
    };

    static string Renewed(ClusterBudgetSnapshot budget) => budget.RenewedAgo is { } ago ? $"last renewed {Seconds(ago)} ago" : "never renewed";

    static string Numbers(ClusterBudgetSnapshot budget) => $"holds {budget.Held}, wants {budget.Wanted}, uses {budget.Used} of {budget.Connections}";

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}

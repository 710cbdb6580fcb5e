using ActorPool.Hosting.Pools;
using ActorPool.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ActorPool.Hosting.Health;

/// <summary>
/// Whether pools can be leased from, as they know it themselves: nothing is connected to for the question. Unhealthy while a pool
/// is warming up, unavailable or draining, degraded while its opens fail or it is paused. Of a directory, one pool that is in
/// trouble degrades; only if all are unavailable it is unhealthy. A budget over many machines is looked at with the pools that share
/// it: unhealthy when this node is cut off from it, degraded while it is late, joins, or its engine's memory is being put in order.
/// </summary>
sealed class PoolsHealthCheck(IServiceProvider provider, string? poolName) : IHealthCheck
{
    readonly PoolRegistry _registry = provider.GetRequiredService<PoolRegistry>();
    readonly WarmUps _warmUps = provider.GetRequiredService<WarmUps>();
    readonly IHostApplicationLifetime? _lifetime = provider.GetService<IHostApplicationLifetime>();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    HealthCheckResult Check(HealthStatus failure)
    {
        var pools = poolName is null ? _registry.All : [_registry.Get(poolName)];
        List<PoolVerdict> verdicts =
        [
            .. pools.Select(Judge),
            .. pools.Select(static pool => pool.Budget).OfType<IClusterBudget>().Distinct().Select(static budget => BudgetVerdict.Of(budget.Snapshot(lookAtNodes: false))),
        ];
        var worst = verdicts.Select(static verdict => verdict.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();
        var data = verdicts
            .DistinctBy(static verdict => verdict.Name, StringComparer.Ordinal)
            .ToDictionary(static verdict => verdict.Name, static verdict => (object)verdict.Numbers, StringComparer.Ordinal);
        var troubled = verdicts.Where(static verdict => verdict.Status != HealthStatus.Healthy).Select(static verdict => verdict.Text).ToList();
        if (_lifetime is { ApplicationStopping.IsCancellationRequested: true })
        {
            (worst, troubled) = (HealthStatus.Unhealthy, ["the application is stopping", .. troubled]);
        }

        var text = troubled.Count > 0 ? string.Join("; ", troubled) : $"{verdicts.Count} of {verdicts.Count} healthy";
        return new HealthCheckResult(worst == HealthStatus.Unhealthy ? failure : worst, text, data: data);
    }

    PoolVerdict Judge(HostedPool pool)
    {
        var parts = pool.Parts.Select(static part => PoolVerdict.Of(part.Overview())).ToList();
        if (_warmUps.IsUnderWay(pool.Name))
        {
            return new PoolVerdict(pool.Name, HealthStatus.Unhealthy, $"pool '{pool.Name}' is warming up", Numbers(parts));
        }

        if (pool is not HostedDirectory)
        {
            return parts[0] with { Name = pool.Name };
        }

        var troubled = parts.Where(static part => part.Status != HealthStatus.Healthy).ToList();
        var status = troubled.Count == 0 ? HealthStatus.Healthy
            : parts.TrueForAll(static part => part.Status == HealthStatus.Unhealthy) ? HealthStatus.Unhealthy
            : HealthStatus.Degraded;
        return new PoolVerdict(pool.Name, status, string.Join("; ", troubled.Take(3).Select(static part => part.Text)), Numbers(parts));
    }

    static string Numbers(List<PoolVerdict> parts) =>
        parts is [var only] ? only.Numbers : $"{parts.Count} pools, {parts.Count(static part => part.Status == HealthStatus.Healthy)} healthy";
}

using ActorPool.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

#pragma warning disable IDE0130 // where users of health checks look for such methods
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Health checks of pools.</summary>
public static class ActorPoolHealthChecksBuilderExtensions
{
    /// <summary>The name of the check, and the beginning of that of one pool.</summary>
    const string CheckName = "actorpool";

    /// <summary>
    /// Adds a check of one pool, or of all; that of all is there already once pools were added. It asks the pools, not their
    /// servers: Healthy; Degraded while opens fail or the pool is paused; Unhealthy while the pool is unavailable, warming up or
    /// draining. With the numbers. Of a budget over many machines that pools share: Degraded while this node joins it, is late with
    /// a renewal, or lives on its offline floor, and while the engine's memory is being put in order; Unhealthy when it is cut off.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="poolName">Which pool; null for all. The check of one is called <c>actorpool:name</c>.</param>
    /// <param name="failureStatus">
    /// What is reported in place of Unhealthy; null for that. <see cref="HealthStatus.Degraded"/> suits a pool that the application can do without.
    /// </param>
    /// <param name="tags">For choosing checks; null is <c>ready</c>.</param>
    public static IHealthChecksBuilder AddActorPool(
        this IHealthChecksBuilder builder, string? poolName = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            poolName is null ? CheckName : $"{CheckName}:{poolName}",
            provider => new PoolsHealthCheck(provider, poolName),
            failureStatus,
            tags ?? ["ready"]));
    }
}

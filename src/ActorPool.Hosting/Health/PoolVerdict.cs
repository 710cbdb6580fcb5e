using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorPool.Hosting.Health;

/// <summary>How a pool is, or a budget of pools.</summary>
/// <param name="Name">The pool's name, or the budget's.</param>
/// <param name="Status">In the words of health checks.</param>
/// <param name="Text">What is the matter with it; of no meaning if it is healthy.</param>
/// <param name="Numbers">Its numbers in one line.</param>
sealed record PoolVerdict(string Name, HealthStatus Status, string Text, string Numbers)
{
    public static PoolVerdict Of(PoolOverview pool)
    {
        var status = pool.IsClosed || pool.Health == PoolHealth.Unavailable ? HealthStatus.Unhealthy
            : pool.Health == PoolHealth.Failing || pool.IsPaused ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var numbers = pool.ToString();
        var text = pool.LastOpenError is { } error
            ? $"{numbers}, {pool.FailuresInARow} failures in a row, next attempt in {pool.NextAttemptIn?.TotalSeconds ?? 0:0.#} s, last error: {error}"
            : numbers;
        return new PoolVerdict(pool.Name, status, text, numbers);
    }
}

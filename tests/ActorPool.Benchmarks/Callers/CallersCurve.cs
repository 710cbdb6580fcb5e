using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>One size of pool, from few callers to many.</summary>
sealed record CallersCurve(int PoolSize, IReadOnlyList<ScenarioResult> Results)
{
    /// <summary>More callers that bring less than this much more are past the bend.</summary>
    const double BendShare = 0.95;

    /// <summary>The most leases per second that a candidate has had, and with how many callers.</summary>
    public (double LeasesPerSecond, int Callers) Peak(string name) =>
        Results.Select(result => (LeasesPerSecond(result, name), result.Scenario.Tasks)).MaxBy(static point => point.Item1);

    /// <summary>The fewest callers that bring a candidate close to its peak.</summary>
    public int Bend(string name)
    {
        var (most, _) = Peak(name);
        return Results.First(result => LeasesPerSecond(result, name) >= BendShare * most).Scenario.Tasks;
    }

    public static double LeasesPerSecond(ScenarioResult result, string name) => 1e9 / result[name].NsPerLease;
}

using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Reporting;

namespace ActorPool.Benchmarks.Callers;

/// <summary>So many callers on a pool of such a size.</summary>
abstract class CallersScenario(int callers, int poolSize) : Scenario
{
    public override int Tasks { get; } = callers;

    public override int PoolSize { get; } = poolSize;

    // One of many: it is reported together with its neighbours, which judge it.
    public override IEnumerable<Target> Judge(ScenarioResult result) => [];
}

using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>A lease by message, beside the direct one.</summary>
sealed class AskBenchmark() : Benchmark("ask", "What a lease by message costs, beside the direct one.")
{
    public override void Run(BenchmarkRun run) => run.Compete(new AskScenario(), new Field(postgres: null));
}

using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Budgeting;

/// <summary>What a budget costs a lease: nothing without one, a look at two clocks with one that has a deadline.</summary>
sealed class BudgetBenchmark() : Benchmark("budget", "What a budget costs per lease: of one process, and over many machines, whose deadline is read.")
{
    public override void Run(BenchmarkRun run) => run.Compete(new BudgetScenario(), new Field(postgres: null));
}

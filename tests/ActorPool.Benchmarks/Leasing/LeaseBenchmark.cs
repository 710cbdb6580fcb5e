using ActorPool.Benchmarks.Measuring;
using ActorPool.Benchmarks.Plotting;
using ActorPool.Servers;

namespace ActorPool.Benchmarks.Leasing;

/// <summary>What a lease costs beside the pools that one would write or take instead.</summary>
sealed class LeaseBenchmark() : Benchmark("lease", "What a lease costs: alone, contended, handed from one to the next, in use.")
{
    public override void Run(BenchmarkRun run)
    {
        var postgres = OptionalServer.TryStart(() => PostgresServer.StartAsync(), run.Report);
        try
        {
            var field = new Field(postgres?.ConnectionString);
            run.Compete(new LoneCallerScenario(), field);
            run.Compete(new NoWorkScenario(2), field);
            run.Compete(new NoWorkScenario(8), field);
            run.Compete(new NoWorkScenario(64), field);
            run.Compete(new HandOffScenario(), field);
            run.Compete(new ShortWorkScenario(), field);
            run.Report.Draw(SectionChart.Of(
                run.Report.Sections.Skip(1), "throughput × Channel", "throughput", "Leases per second, beside Channel<T> = 1", Names.NoPool, Names.ObjectPool));
        }
        finally
        {
            postgres?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}

using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.AkkaNet;

/// <summary>A lease by Akka.NET's <c>Ask</c>, beside an <c>Ask</c> that an actor answers at once.</summary>
sealed class AkkaBenchmark() : Benchmark("akka", "What a lease by Akka.NET's Ask costs, beside an Ask that is echoed, and beside the direct one.")
{
    public override void Run(BenchmarkRun run)
    {
        run.Compete(new AkkaScenario(tasks: 1), new Field(postgres: null));
        run.Compete(new AkkaScenario(tasks: 8), new Field(postgres: null));
    }
}

using ActorPool.Benchmarks.Allocating;
using ActorPool.Benchmarks.Budgeting;
using ActorPool.Benchmarks.Callers;
using ActorPool.Benchmarks.Data;
using ActorPool.Benchmarks.Http;
using ActorPool.Benchmarks.Leasing;
using ActorPool.Benchmarks.Listening;
using ActorPool.Benchmarks.Pipelining;
using ActorPool.Benchmarks.Recovery;
using ActorPool.Benchmarks.Scaling;
using ActorPool.Benchmarks.Sizing;
using ActorPool.Benchmarks.Soak;
using ActorPool.Benchmarks.StartUp;

namespace ActorPool.Benchmarks;

/// <summary>All benchmarks there are, in the order in which <c>all</c> runs them.</summary>
static partial class BenchmarkList
{
    public static IReadOnlyList<Benchmark> All { get; } = Make();

    static List<Benchmark> Make()
    {
        List<Benchmark> benchmarks =
        [
            new LeaseBenchmark(),
            new AskBenchmark(),
            new AllocationBenchmark(),
            new SizeBenchmark(),
            new CallersBenchmark(),
            new ScaleBenchmark(),
            new TelemetryBenchmark(),
            new BudgetBenchmark(),
            new DataBenchmark(),
            new HttpBenchmark(),
            new RedisBenchmark(),
            new RecoveryBenchmark(),
            new SoakBenchmark(),
            new StartUpBenchmark(),
        ];
        AddMore(benchmarks);
        return benchmarks;
    }

    /// <summary>With Akka.NET (<c>-p:WithAkka=true</c>) there are more.</summary>
    static partial void AddMore(List<Benchmark> benchmarks);
}

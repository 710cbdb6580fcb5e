using ActorPool.Benchmarks.AkkaNet;

namespace ActorPool.Benchmarks;

/// <summary>Those that need Akka.NET.</summary>
static partial class BenchmarkList
{
    static partial void AddMore(List<Benchmark> benchmarks) => benchmarks.Add(new AkkaBenchmark());
}

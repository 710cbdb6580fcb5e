using ActorPool.Benchmarks.Allocating;
using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Guarding;

/// <summary>
/// What is guarded: bytes that are the same every time, and ratios against something measured in the same run. Never times,
/// which are the machine's.
/// </summary>
static class GuardedFigures
{
    public static IReadOnlyList<GuardedFigure> All { get; } =
    [
        .. AllocationCases.All.Select(static what => new GuardedFigure(
            "allocations", AllocationBenchmark.Key, what.Name, AllocationBenchmark.BytesHead, what.Varies ? Better.Lower : Better.Same, Margin: 1.2)),
        new("lease", "a", Names.ActorPool, "time × Channel", Better.Lower),
        new("lease", "b8", Names.ActorPool, "throughput × Channel", Better.Higher),
        new("lease", "b64", Names.ActorPool, "throughput × Channel", Better.Higher),
        new("lease", "c", Names.ActorPool, "throughput × Channel", Better.Higher),
        new("lease", "d", Names.ActorPool, "throughput × Channel", Better.Higher, Margin: 1.5),
        new("ask", "ask", Names.Ask, "time × ActorPool", Better.Lower),
        new("size", "size", "1 pool of 20000, keepalive on", "bytes each", Better.Lower, Margin: 1.02),
        new("data", "data-8", Names.ActorPool, "throughput × Npgsql's", Better.Higher),
        new("http", "http-8", "ActorPool.Http", "throughput × HttpClient", Better.Higher),
        new("redis", "redis-10", "ActorPool.Redis", "throughput × raw", Better.Higher),
        new("callers", "callers-request-64", "256: ActorPool", "× Channel", Better.Higher),
        new("scale", "scale-size", "1 × 1,000", "bytes/connection", Better.Lower, Margin: 1.05),
        new("scale", "scale-lease", "1,000", "hot × lone", Better.Lower, Margin: 2),
        new("recovery", "recovery-reconnect", "all outages", "× bare loop", Better.Lower),
        new("recovery", "recovery-outage", "ActorPool (TCP)", "failed, not in flight", Better.Same),
        new("recovery", "recovery-outage", "ActorPool (TCP)", "most connects at a time", Better.Same),
    ];
}

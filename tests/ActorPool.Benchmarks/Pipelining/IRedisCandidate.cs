using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Pipelining;

/// <summary>A way to ask Redis, over a number of open connections.</summary>
interface IRedisCandidate : IAsyncDisposable
{
    /// <summary>One worker: pipelines of so many GETs, one after the other, until its slice is over.</summary>
    Task WorkAsync(Worker worker, int depth);
}

using ActorPool.Benchmarks.Measuring;

namespace ActorPool.Benchmarks.Callers;

/// <summary>A pool of open connections, and the way in which its users send a request.</summary>
interface IRequests : IAsyncDisposable
{
    /// <summary>One worker: a lease, a round trip, back, until its slice is over.</summary>
    Task WorkAsync(Worker worker);
}

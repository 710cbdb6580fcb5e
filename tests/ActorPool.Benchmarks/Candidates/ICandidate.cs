namespace ActorPool.Benchmarks.Candidates;

/// <summary>A pool that takes part: bounded (where it can be), and made ready before anything is measured.</summary>
/// <remarks>
/// Implemented by structs and used as a struct-constrained type argument: the JIT then compiles every scenario once per
/// candidate and calls it directly, so that none pays for an interface call that its neighbour is spared.
/// </remarks>
/// <typeparam name="TLease">What an acquire gives and a release takes back.</typeparam>
interface ICandidate<TLease> : IAsyncDisposable
{
    /// <summary>Leases a connection, in the way that a user of this pool would write.</summary>
    ValueTask<TLease> AcquireAsync();

    /// <summary>Gives it back.</summary>
    void Release(TLease lease);
}

using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>One caller that leases from one pool after another and gives back at once.</summary>
/// <param name="pools">Whom it may ask.</param>
/// <param name="picks">Whom it asks, one after the other and from the start again; a power of two of them.</param>
sealed class LeaseLoop(IReadOnlyList<ConnectionPool<SharedConnection>> pools, int[] picks)
{
    readonly ConnectionPool<SharedConnection>[] _pools = [.. pools];
    int _at;

    /// <summary>Leases for a while.</summary>
    /// <returns>Nanoseconds per lease.</returns>
    public double Run(TimeSpan length) => Batches.NsEach(length, LeaseMany);

    void LeaseMany()
    {
        for (var i = 0; i < Batches.Size; i++)
        {
            Lease(_pools[picks[_at++ & (picks.Length - 1)]]);
        }
    }

    // The class itself rather than its interface: the call is part of the figure.
    static void Lease(ConnectionPool<SharedConnection> pool)
    {
        var acquire = pool.AcquireAsync();
        var lease = acquire.IsCompletedSuccessfully ? acquire.Result : acquire.AsTask().GetAwaiter().GetResult();
        lease.Dispose();
    }
}

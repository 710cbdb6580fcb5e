using ActorPool.Benchmarks.Sizing;

namespace ActorPool.Benchmarks.Scaling;

/// <summary>As <see cref="LeaseLoop"/>, but it asks a directory for each pool by its name, as users of many endpoints do.</summary>
sealed class NameLoop(PoolDirectory<SharedConnection> directory, string[] names, int[] picks)
{
    int _at;

    /// <summary>Leases for a while.</summary>
    /// <returns>Nanoseconds per lease.</returns>
    public double Run(TimeSpan length) => Batches.NsEach(length, LeaseMany);

    void LeaseMany()
    {
        for (var i = 0; i < Batches.Size; i++)
        {
            var acquire = directory.GetPool(names[picks[_at++ & (picks.Length - 1)]]).AcquireAsync();
            var lease = acquire.IsCompletedSuccessfully ? acquire.Result : acquire.AsTask().GetAwaiter().GetResult();
            lease.Dispose();
        }
    }
}

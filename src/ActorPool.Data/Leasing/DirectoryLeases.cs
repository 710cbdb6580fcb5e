using System.Data.Common;

namespace ActorPool.Data.Leasing;

/// <summary>Leases of one endpoint of a directory, whose pool may be put out and made again.</summary>
sealed class DirectoryLeases(PoolDirectory<DbConnection> directory, Endpoint endpoint) : LeaseSource
{
    public override IConnectionPool<DbConnection> Pool => directory.GetPool(endpoint);

    public override ValueTask<Lease<DbConnection>> AcquireAsync(CancellationToken cancellationToken) =>
        directory.AcquireAsync(endpoint, cancellationToken);

    public override Lease<DbConnection> Acquire()
    {
        while (true)
        {
            // Throws if the whole directory is closed.
            var pool = directory.GetPool(endpoint);
            try
            {
                return pool.Acquire();
            }
            catch (PoolClosedException)
            {
                // Put out since it was asked for.
            }
        }
    }
}

using System.Data.Common;

namespace ActorPool.Data.Leasing;

/// <summary>Where a data source gets its leases.</summary>
abstract class LeaseSource
{
    /// <summary>The pool at this moment.</summary>
    public abstract IConnectionPool<DbConnection> Pool { get; }

    public abstract ValueTask<Lease<DbConnection>> AcquireAsync(CancellationToken cancellationToken);

    /// <summary>Blocks the thread.</summary>
    public abstract Lease<DbConnection> Acquire();
}

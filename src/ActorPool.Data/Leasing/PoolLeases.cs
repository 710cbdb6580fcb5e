using System.Data.Common;

namespace ActorPool.Data.Leasing;

/// <summary>Leases of one pool.</summary>
sealed class PoolLeases(ConnectionPool<DbConnection> pool) : LeaseSource
{
    public override IConnectionPool<DbConnection> Pool => pool;

    public override ValueTask<Lease<DbConnection>> AcquireAsync(CancellationToken cancellationToken) => pool.AcquireAsync(cancellationToken);

    public override Lease<DbConnection> Acquire() => pool.Acquire();
}

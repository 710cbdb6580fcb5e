using System.Data.Common;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;

namespace ActorPool.Data;

/// <summary>How connections come from the pool, and go back.</summary>
public sealed partial class PooledDbDataSource
{
    /// <summary>Blocks the thread.</summary>
    internal Lease<DbConnection> Lease()
    {
        try
        {
            return Leases.Acquire();
        }
        catch (PoolException error)
        {
            throw DataErrors.Translated(error, IsDisposed);
        }
    }

    internal ValueTask<Lease<DbConnection>> LeaseAsync(CancellationToken cancellationToken) =>
        Translate(Leases.AcquireAsync(cancellationToken));

    internal async ValueTask<Lease<DbConnection>> Translate(ValueTask<Lease<DbConnection>> leasing)
    {
        try
        {
            return await leasing.ConfigureAwait(false);
        }
        catch (PoolException error)
        {
            throw DataErrors.Translated(error, IsDisposed);
        }
    }

    /// <summary>A connection is given back.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="left">What its holder may have left behind.</param>
    internal void Return(Lease<DbConnection> lease, Leftover left)
    {
        switch (left)
        {
            case Leftover.Nothing:
                lease.Dispose();
                break;
            case Leftover.Transaction:
                lease.ReturnWith(Connector.RollBackAsync);
                break;
            default:
                lease.ReturnWith(Connector.LookAndRollBackAsync);
                break;
        }
    }
}

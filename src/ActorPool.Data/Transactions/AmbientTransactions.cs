using System.Data.Common;
using System.Transactions;
using ActorPool.Data.Leasing;
using Microsoft.Extensions.Logging;

namespace ActorPool.Data.Transactions;

/// <summary>
/// Which lease of a data source takes part in which transaction of System.Transactions: a second connection that is opened in
/// the same transaction gets the same lease.
/// </summary>
sealed class AmbientTransactions(PooledDbDataSource source, ILogger logger)
{
    readonly Lock _gate = new();
    readonly Dictionary<Transaction, AmbientLease> _leases = [];

    public ILogger Logger => logger;

    /// <summary>The data source's lease in a transaction; acquired if it is the first. Blocks the thread.</summary>
    public AmbientLease Join(Transaction transaction, PooledDbConnection connection)
    {
        if (FindJoined(transaction, connection) is { } joined)
        {
            return joined;
        }

        var lease = source.Lease();
        try
        {
            var inner = lease.Connection;
            return Register(transaction, connection, lease, inner, inner.BeginTransaction(AmbientLease.LevelOf(transaction)));
        }
        catch (Exception error)
        {
            Return(lease, error);
            throw;
        }
    }

    /// <inheritdoc cref="Join"/>
    public async ValueTask<AmbientLease> JoinAsync(Transaction transaction, PooledDbConnection connection, CancellationToken cancellationToken)
    {
        if (FindJoined(transaction, connection) is { } joined)
        {
            return joined;
        }

        var lease = await source.LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var inner = lease.Connection;
            var level = AmbientLease.LevelOf(transaction);
            return Register(
                transaction, connection, lease, inner, await inner.BeginTransactionAsync(level, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            Return(lease, error);
            throw;
        }
    }

    /// <summary>Has a lease that its holder has already take part in a transaction.</summary>
    public AmbientLease Enlist(Transaction transaction, PooledDbConnection connection, Lease<DbConnection> lease)
    {
        var inner = lease.Connection;
        return Register(transaction, connection, lease, inner, inner.BeginTransaction(AmbientLease.LevelOf(transaction)));
    }

    /// <summary>A transaction has ended.</summary>
    public void Forget(AmbientLease lease)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(lease.Key, out var known) && ReferenceEquals(known, lease))
            {
                _leases.Remove(lease.Key);
            }
        }
    }

    public void Return(Lease<DbConnection> lease, Leftover left) => source.Return(lease, left);

    AmbientLease? FindJoined(Transaction transaction, PooledDbConnection connection)
    {
        lock (_gate)
        {
            return _leases.TryGetValue(transaction, out var lease) && lease.TryEnter(connection) ? lease : null;
        }
    }

    AmbientLease Register(
        Transaction transaction, PooledDbConnection connection, Lease<DbConnection> lease, DbConnection inner, DbTransaction local)
    {
        // A clone stays what it is when its scope is disposed.
        var ambient = new AmbientLease(this, transaction.Clone(), lease, inner, local, source.Opener.IsNpgsql);
        ambient.TryEnter(connection);
        try
        {
            transaction.EnlistVolatile(ambient, EnlistmentOptions.None);
        }
        catch
        {
            local.Dispose();
            throw;
        }

        lock (_gate)
        {
            // Two opens at the same time: the second takes part with a connection of its own.
            if (!ambient.IsOver)
            {
                _leases.TryAdd(ambient.Key, ambient);
            }
        }

        return ambient;
    }

    void Return(Lease<DbConnection> lease, Exception error)
    {
        if (source.Connector.IsFault(error))
        {
            lease.MarkFaulty(error);
            lease.Dispose();
            return;
        }

        // A provider that asks the server at once may have begun a transaction all the same, if the caller only gave up.
        source.Return(lease, Leftover.Transaction);
    }
}

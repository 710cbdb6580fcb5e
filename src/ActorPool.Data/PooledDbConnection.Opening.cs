using System.Data;
using System.Data.Common;
using System.Transactions;
using ActorPool.Data.Errors;
using ActorPool.Data.Transactions;

namespace ActorPool.Data;

/// <summary>Opening: a lease begins.</summary>
public partial class PooledDbConnection
{
    /// <summary>Leases a connection. Blocks the thread while there is none.</summary>
    /// <exception cref="PooledDbException">The pool has none in time.</exception>
    /// <exception cref="DbException">The server does not let us in: the provider's own error.</exception>
    /// <exception cref="InvalidOperationException">The connection is already open.</exception>
    public override void Open()
    {
        var transaction = PrepareToOpen();
        if (transaction is null)
        {
            Attach(_source.Lease());
        }
        else
        {
            Attach(_source.Ambient.Join(transaction, this));
        }
    }

    /// <summary>Leases a connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PooledDbException">The pool has none in time.</exception>
    /// <exception cref="DbException">The server does not let us in: the provider's own error.</exception>
    /// <exception cref="InvalidOperationException">The connection is already open.</exception>
    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        Transaction? transaction;
        try
        {
            transaction = PrepareToOpen();
        }
#pragma warning disable CA1031 // an asynchronous method's errors are its task's
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Task.FromException(error);
        }

        if (transaction is not null)
        {
            return JoinAsync(transaction, cancellationToken);
        }

        var leasing = _source.Leases.AcquireAsync(cancellationToken);
        if (leasing.IsCompletedSuccessfully)
        {
            Attach(leasing.Result);
            return Task.CompletedTask;
        }

        return AttachAsync(leasing);
    }

    /// <summary>Takes part in a transaction of System.Transactions from now on; the lease then lasts until it ends.</summary>
    /// <param name="transaction">The transaction; null is only for a connection that takes part in none.</param>
    /// <exception cref="InvalidOperationException">The connection takes part in another one that has not ended.</exception>
    public override void EnlistTransaction(Transaction? transaction)
    {
        _ = Inner;
        if (_ambient is { IsOver: false } ambient)
        {
            if (!ambient.IsFor(transaction))
            {
                throw DataErrors.AlreadyEnlisted();
            }
        }
        else if (transaction is not null)
        {
            try
            {
                _ambient = _source.Ambient.Enlist(transaction, this, _lease);
            }
            catch (Exception error) when (NoteFailedBegin(error))
            {
                throw;
            }
        }
    }

    Transaction? PrepareToOpen()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_inner is not null)
        {
            if (State == ConnectionState.Open)
            {
                throw DataErrors.AlreadyOpen();
            }

            // Its server or its pool has taken it away: give it back, and have another.
            Close();
        }

        return _source.AmbientTransaction;
    }

    void Attach(Lease<DbConnection> lease)
    {
        _lease = lease;
        _inner = lease.Connection;
        OnStateChange(ClosedToOpen);
    }

    void Attach(AmbientLease ambient)
    {
        _ambient = ambient;
        Attach(ambient.Lease);
    }

    async Task AttachAsync(ValueTask<Lease<DbConnection>> leasing) => Attach(await _source.Translate(leasing).ConfigureAwait(false));

    async Task JoinAsync(Transaction transaction, CancellationToken cancellationToken) =>
        Attach(await _source.Ambient.JoinAsync(transaction, this, cancellationToken).ConfigureAwait(false));
}

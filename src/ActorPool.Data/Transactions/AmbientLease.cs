using System.Data;
using System.Data.Common;
using System.Transactions;
using ActorPool.Data.Diagnostics;
using ActorPool.Data.Errors;
using ActorPool.Data.Leasing;

namespace ActorPool.Data.Transactions;

/// <summary>
/// A lease that takes part in a transaction of System.Transactions: it lasts until the transaction has ended and every
/// connection that was opened on it is closed. Enlisted by ourselves rather than by the provider, so that the connection is
/// back in the pool only when nothing of the transaction touches it any more.
/// </summary>
/// <remarks>
/// One lease in a transaction commits in a single phase. Several commit in two on PostgreSQL, by <c>PREPARE TRANSACTION</c>
/// (its server needs <c>max_prepared_transactions</c> for that), as Npgsql does.
/// </remarks>
sealed class AmbientLease(
    AmbientTransactions owner,
    Transaction key,
    Lease<DbConnection> lease,
    DbConnection inner,
    DbTransaction transaction,
    bool canPrepare) : ISinglePhaseNotification
{
    readonly Lock _gate = new();
    readonly List<PooledDbConnection> _users = [];
    string? _preparedName;
    Leftover _left;

    public Transaction Key => key;

    public Lease<DbConnection> Lease => lease;

    /// <summary>The provider's transaction while it lasts; null then.</summary>
    public DbTransaction? Transaction => IsOver ? null : transaction;

    public bool IsOver { get; private set; }

    public bool IsFor(Transaction? other) => key.Equals(other);

    /// <summary>One more connection uses the lease; false if the transaction has ended.</summary>
    public bool TryEnter(PooledDbConnection connection)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return false;
            }

            _users.Add(connection);
            return true;
        }
    }

    /// <summary>A connection that used the lease is closed.</summary>
    public void Leave(PooledDbConnection connection, Leftover left)
    {
        lock (_gate)
        {
            _users.Remove(connection);
            _left = (Leftover)Math.Max((int)_left, (int)left);
            if (!IsOver || _users.Count > 0)
            {
                return;
            }
        }

        owner.Return(lease, _left);
    }

    public void SinglePhaseCommit(SinglePhaseEnlistment singlePhaseEnlistment)
    {
        var error = Try(transaction.Commit);
        var isOpen = inner.State == ConnectionState.Open;
        End(error);
        if (error is null)
        {
            singlePhaseEnlistment.Committed();
        }
        else if (isOpen)
        {
            singlePhaseEnlistment.Aborted(error);
        }
        else
        {
            singlePhaseEnlistment.InDoubt(error);
        }
    }

    public void Prepare(PreparingEnlistment preparingEnlistment)
    {
        var name = $"{key.TransactionInformation.LocalIdentifier}/{Guid.NewGuid():N}";
        if ((canPrepare ? Try(() => Execute($"PREPARE TRANSACTION '{name}'")) : DataErrors.NoTwoPhaseCommit()) is { } error)
        {
            End(error: null);
            preparingEnlistment.ForceRollback(error);
            return;
        }

        _preparedName = name;
        preparingEnlistment.Prepared();
    }

    public void Commit(Enlistment enlistment)
    {
        EndPrepared("COMMIT");
        enlistment.Done();
    }

    public void Rollback(Enlistment enlistment)
    {
        if (_preparedName is null)
        {
            End(error: null);
        }
        else
        {
            EndPrepared("ROLLBACK");
        }

        enlistment.Done();
    }

    public void InDoubt(Enlistment enlistment) => Rollback(enlistment);

    /// <summary>The isolation level, in the words of System.Data.</summary>
    public static System.Data.IsolationLevel LevelOf(Transaction transaction) => transaction.IsolationLevel switch
    {
        System.Transactions.IsolationLevel.Serializable => System.Data.IsolationLevel.Serializable,
        System.Transactions.IsolationLevel.RepeatableRead => System.Data.IsolationLevel.RepeatableRead,
        System.Transactions.IsolationLevel.ReadCommitted => System.Data.IsolationLevel.ReadCommitted,
        System.Transactions.IsolationLevel.ReadUncommitted => System.Data.IsolationLevel.ReadUncommitted,
        System.Transactions.IsolationLevel.Snapshot => System.Data.IsolationLevel.Snapshot,
        System.Transactions.IsolationLevel.Chaos => System.Data.IsolationLevel.Chaos,
        _ => System.Data.IsolationLevel.Unspecified,
    };

    // A prepared transaction outlives its connection: who could not end it says so loudly, since its locks stay.
    void EndPrepared(string how)
    {
        var error = Try(() => Execute($"{how} PREPARED '{_preparedName}'"));
        if (error is not null)
        {
            DataLog.PreparedTransactionLeft(owner.Logger, error, inner.DataSource, _preparedName!, how);
        }

        End(error);
    }

    /// <summary>The transaction is over, one way or the other; what is not committed is rolled back.</summary>
    /// <param name="error">What condemns the connection; null if nothing does.</param>
    void End(Exception? error)
    {
        bool isUnused;
        PooledDbConnection? executing;
        lock (_gate)
        {
            if (IsOver)
            {
                return;
            }

            executing = _users.Find(static user => user.Work.IsExecuting);
            if (executing is null)
            {
                error = Try(transaction.Dispose) ?? error;
            }

            IsOver = true;
            isUnused = _users.Count == 0;
        }

        owner.Forget(this);
        if (executing is not null)
        {
            // It must not go on outside the transaction that it was begun in: the server rolls back when it is closed.
            executing.StopRunning();
        }
        else if (error is not null && inner.State != ConnectionState.Open)
        {
            lease.MarkFaulty(error);
        }

        if (isUnused)
        {
            owner.Return(lease, _left);
        }
    }

    void Execute(string sql)
    {
        using var command = inner.CreateCommand();
#pragma warning disable CA2100 // nothing of a user's is in it
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    static Exception? Try(Action step)
    {
        try
        {
            step();
            return null;
        }
#pragma warning disable CA1031 // what went wrong is told to the transaction
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error;
        }
    }
}

using System.Data;
using System.Data.Common;
using ActorPool.Data.Errors;

namespace ActorPool.Data.Commands;

/// <summary>
/// A transaction of a pooled connection: the provider's does the work. It ends with its connection's lease at the latest, and
/// cannot touch the connection after that.
/// </summary>
sealed class PooledDbTransaction : DbTransaction
{
    readonly PooledDbConnection _connection;
    readonly DbTransaction _transaction;
    readonly int _epoch;
    bool _isDisposed;

    public PooledDbTransaction(PooledDbConnection connection, DbTransaction transaction)
    {
        _connection = connection;
        _transaction = transaction;
        _epoch = connection.Epoch;
    }

    public override IsolationLevel IsolationLevel => Inner.IsolationLevel;

    public override bool SupportsSavepoints => _transaction.SupportsSavepoints;

    protected override DbConnection? DbConnection => IsOver || _transaction.Connection is null ? null : _connection;

    bool IsOver => _isDisposed || _connection.Epoch != _epoch;

    DbTransaction Inner => IsOver ? throw DataErrors.TransactionOver() : _transaction;

    /// <summary>The provider's transaction, for a command of the same connection.</summary>
    public DbTransaction InnerOf(PooledDbConnection connection) =>
        ReferenceEquals(connection, _connection) ? Inner : throw DataErrors.NotOurs("transaction");

    /// <summary>When the connection is closed: rolls back what was not committed.</summary>
    public void DisposeInner() => _transaction.Dispose();

    /// <inheritdoc cref="DisposeInner"/>
    public ValueTask DisposeInnerAsync() => _transaction.DisposeAsync();

    public override void Commit() => Do(static (inner, _) => inner.Commit());

    public override void Rollback() => Do(static (inner, _) => inner.Rollback());

    public override void Save(string savepointName) => Do(static (inner, name) => inner.Save(name), savepointName);

    public override void Rollback(string savepointName) => Do(static (inner, name) => inner.Rollback(name), savepointName);

    public override void Release(string savepointName) => Do(static (inner, name) => inner.Release(name), savepointName);

    public override Task CommitAsync(CancellationToken cancellationToken = default) =>
        _connection.Watch(Inner.CommitAsync(cancellationToken));

    public override Task RollbackAsync(CancellationToken cancellationToken = default) =>
        _connection.Watch(Inner.RollbackAsync(cancellationToken));

    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default) =>
        _connection.Watch(Inner.SaveAsync(savepointName, cancellationToken));

    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default) =>
        _connection.Watch(Inner.RollbackAsync(savepointName, cancellationToken));

    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default) =>
        _connection.Watch(Inner.ReleaseAsync(savepointName, cancellationToken));

#pragma warning disable CA2215 // the base disposes synchronously
    public override ValueTask DisposeAsync()
#pragma warning restore CA2215
    {
        if (IsOver)
        {
            return default;
        }

        _isDisposed = true;
        _connection.Forget(this);
        return _transaction.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsOver)
        {
            _isDisposed = true;
            _connection.Forget(this);
            _transaction.Dispose();
        }

        base.Dispose(disposing);
    }

    void Do(Action<DbTransaction, string> step, string name = "")
    {
        var inner = Inner;
        try
        {
            step(inner, name);
        }
        catch (Exception error) when (_connection.Note(error))
        {
            throw;
        }
    }
}

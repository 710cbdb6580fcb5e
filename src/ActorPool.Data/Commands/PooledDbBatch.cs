using System.Data;
using System.Data.Common;
using ActorPool.Data.Errors;

namespace ActorPool.Data.Commands;

/// <summary>A batch of a pooled connection: the provider's batch and its commands do the work. See <see cref="PooledDbCommand"/>.</summary>
sealed class PooledDbBatch : DbBatch
{
    readonly DbBatch _batch;
    PooledDbConnection? _connection;
    PooledDbTransaction? _transaction;
    DbConnection? _inner;
    int _epoch;
    bool _isDisposed;

    /// <param name="connection">Whose it is.</param>
    /// <param name="batch">The provider's.</param>
    /// <param name="inner">Which made it; null if nobody did, because the connection is not open.</param>
    public PooledDbBatch(PooledDbConnection connection, DbBatch batch, DbConnection? inner)
    {
        _connection = connection;
        _batch = batch;
        _inner = inner;
        _epoch = connection.Epoch;
    }

    public override int Timeout
    {
        get => _batch.Timeout;
        set => _batch.Timeout = value;
    }

    protected override DbBatchCommandCollection DbBatchCommands => _batch.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = value is null or PooledDbConnection
            ? (PooledDbConnection?)value
            : throw DataErrors.NotOurs("connection");
    }

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = value is null or PooledDbTransaction
            ? (PooledDbTransaction?)value
            : throw DataErrors.NotOurs("transaction");
    }

    public override void Cancel()
    {
        if (_inner is not null && _connection?.Epoch == _epoch)
        {
            _batch.Cancel();
        }
    }

    public override int ExecuteNonQuery()
    {
        var connection = Bind();
        var work = connection.Work;
        work.Enter();
        try
        {
            return _batch.ExecuteNonQuery();
        }
        catch (Exception error) when (connection.Note(error))
        {
            throw;
        }
        finally
        {
            work.Exit();
        }
    }

    public override object? ExecuteScalar()
    {
        var connection = Bind();
        var work = connection.Work;
        work.Enter();
        try
        {
            return _batch.ExecuteScalar();
        }
        catch (Exception error) when (connection.Note(error))
        {
            throw;
        }
        finally
        {
            work.Exit();
        }
    }

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) =>
        Bind().Watch(_batch.ExecuteNonQueryAsync(cancellationToken));

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) =>
        Bind().Watch(_batch.ExecuteScalarAsync(cancellationToken));

    public override void Prepare()
    {
        Bind().Opener.NotePrepared();
        _batch.Prepare();
    }

    public override Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        Bind().Opener.NotePrepared();
        return _batch.PrepareAsync(cancellationToken);
    }

    public override void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            if (_inner is null || _connection?.Epoch == _epoch)
            {
                _batch.Dispose();
            }
        }

        base.Dispose();
    }

    protected override DbBatchCommand CreateDbBatchCommand() => _batch.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var connection = Bind();
        connection.NoteReader(behavior);
        var work = connection.Work;
        work.Enter();
        try
        {
            var reader = _batch.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
            work.Add(reader);
            return behavior.HasFlag(CommandBehavior.CloseConnection) ? new ClosingDbDataReader(reader, connection) : reader;
        }
        catch (Exception error) when (connection.Note(error))
        {
            throw;
        }
        finally
        {
            work.Exit();
        }
    }

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        var connection = Bind();
        connection.NoteReader(behavior);
        var executing = connection.Watch(_batch.ExecuteReaderAsync(behavior & ~CommandBehavior.CloseConnection, cancellationToken));
        return behavior.HasFlag(CommandBehavior.CloseConnection) ? ClosingDbDataReader.OverAsync(executing, connection) : executing;
    }

    PooledDbConnection Bind()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var connection = _connection ?? throw DataErrors.NoConnection();
        var inner = connection.Inner;
        _epoch = connection.Epoch;
        if (!ReferenceEquals(_inner, inner))
        {
            _batch.Connection = inner;
            _inner = inner;
        }

        var transaction = _transaction is null ? connection.EnlistedTransaction : _transaction.InnerOf(connection);
        if (!ReferenceEquals(_batch.Transaction, transaction))
        {
            _batch.Transaction = transaction;
        }

        foreach (var command in _batch.BatchCommands)
        {
            if (TransactionWords.MayBegin(command.CommandText))
            {
                connection.NoteBegin();
            }
        }

        connection.NoteExecution(inner, _batch);
        return connection;
    }
}

using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ActorPool.Data.Errors;

namespace ActorPool.Data.Commands;

/// <summary>
/// A command of a pooled connection: the provider's command does the work, on the connection that is leased when it executes.
/// One that outlives the lease it has executed on lets go of the provider's command, which belongs to that connection.
/// </summary>
sealed partial class PooledDbCommand : DbCommand
{
    readonly DbCommand _command;
    PooledDbConnection? _connection;
    PooledDbTransaction? _transaction;

    // What the provider's command is bound to, and since when.
    DbConnection? _inner;
    int _epoch;
    bool _isDisposed;

    /// <param name="connection">Whose it is.</param>
    /// <param name="command">The provider's.</param>
    /// <param name="inner">Which made it; null if nobody did, because the connection is not open.</param>
    public PooledDbCommand(PooledDbConnection connection, DbCommand command, DbConnection? inner)
    {
        GC.SuppressFinalize(this);
        _connection = connection;
        _command = command;
        _inner = inner;
        _epoch = connection.Epoch;
    }

    [AllowNull]
    public override string CommandText
    {
        get => _command.CommandText;
#pragma warning disable CA2100 // the user's text, passed on
        set => _command.CommandText = value;
#pragma warning restore CA2100
    }

    public override int CommandTimeout
    {
        get => _command.CommandTimeout;
        set => _command.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => _command.CommandType;
        set => _command.CommandType = value;
    }

    public override bool DesignTimeVisible
    {
        get => _command.DesignTimeVisible;
        set => _command.DesignTimeVisible = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => _command.UpdatedRowSource;
        set => _command.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = value is null or PooledDbConnection
            ? (PooledDbConnection?)value
            : throw DataErrors.NotOurs("connection");
    }

    protected override DbParameterCollection DbParameterCollection => _command.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = value is null or PooledDbTransaction
            ? (PooledDbTransaction?)value
            : throw DataErrors.NotOurs("transaction");
    }

    public override string ToString() => CommandText;

    // From any thread, and for nobody else's command: not once the lease has ended.
    public override void Cancel()
    {
        if (_inner is not null && _connection?.Epoch == _epoch)
        {
            _command.Cancel();
        }
    }

    public override void Prepare()
    {
        Bind().Opener.NotePrepared();
        _command.Prepare();
    }

    public override Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        Bind().Opener.NotePrepared();
        return _command.PrepareAsync(cancellationToken);
    }

    protected override DbParameter CreateDbParameter() => _command.CreateParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            if (_inner is null || _connection?.Epoch == _epoch)
            {
                _command.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Makes the provider's command fit for the lease of this moment.</summary>
    PooledDbConnection Bind()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var connection = _connection ?? throw DataErrors.NoConnection();
        var inner = connection.Inner;
        _epoch = connection.Epoch;
        if (!ReferenceEquals(_inner, inner))
        {
            _command.Connection = inner;
            _inner = inner;
        }

        var transaction = _transaction is null ? connection.EnlistedTransaction : _transaction.InnerOf(connection);
        if (!ReferenceEquals(_command.Transaction, transaction))
        {
            _command.Transaction = transaction;
        }

        if (TransactionWords.MayBegin(_command.CommandText))
        {
            connection.NoteBegin();
        }

        connection.NoteExecution(inner, _command);
        return connection;
    }
}

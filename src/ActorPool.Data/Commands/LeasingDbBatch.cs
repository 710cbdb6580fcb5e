using System.Data;
using System.Data.Common;

namespace ActorPool.Data.Commands;

/// <summary>
/// A batch of a data source itself: it opens a connection for as long as it executes, or as its reader is open. (The base class
/// of data sources does the same for commands, but cannot make commands of a batch.)
/// </summary>
sealed class LeasingDbBatch(PooledDbConnection connection) : DbBatch
{
    readonly DbBatch _batch = connection.CreateBatch();

    public override int Timeout
    {
        get => _batch.Timeout;
        set => _batch.Timeout = value;
    }

    protected override DbBatchCommandCollection DbBatchCommands => _batch.BatchCommands;

    protected override DbConnection? DbConnection
    {
        get => null;
        set => throw new NotSupportedException("A batch of a data source opens its own connection.");
    }

    protected override DbTransaction? DbTransaction
    {
        get => null;
        set => throw new NotSupportedException("A batch of a data source has a connection of its own, and no transaction.");
    }

    public override void Cancel() => _batch.Cancel();

    public override int ExecuteNonQuery()
    {
        connection.Open();
        try
        {
            return _batch.ExecuteNonQuery();
        }
        finally
        {
            connection.Close();
        }
    }

    public override object? ExecuteScalar()
    {
        connection.Open();
        try
        {
            return _batch.ExecuteScalar();
        }
        finally
        {
            connection.Close();
        }
    }

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default)
    {
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    public override void Prepare() => throw CannotPrepare();

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => throw CannotPrepare();

    public override void Dispose()
    {
        _batch.Dispose();
        connection.Dispose();
        base.Dispose();
    }

    protected override DbBatchCommand CreateDbBatchCommand() => _batch.CreateBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        connection.Open();
        try
        {
            return _batch.ExecuteReader(behavior | CommandBehavior.CloseConnection);
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _batch.ExecuteReaderAsync(behavior | CommandBehavior.CloseConnection, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    static NotSupportedException CannotPrepare() => new("Statements are prepared on a connection: open one.");
}

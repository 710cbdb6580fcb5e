using System.Data;
using System.Data.Common;

namespace ActorPool.Data.Commands;

/// <summary>Executing. The provider's own task is what a caller awaits, and what the connection keeps an eye on.</summary>
sealed partial class PooledDbCommand
{
    public override int ExecuteNonQuery()
    {
        var connection = Bind();
        var work = connection.Work;
        work.Enter();
        try
        {
            return _command.ExecuteNonQuery();
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
            return _command.ExecuteScalar();
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

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        Bind().Watch(_command.ExecuteNonQueryAsync(cancellationToken));

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        Bind().Watch(_command.ExecuteScalarAsync(cancellationToken));

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        var connection = Bind();
        connection.NoteReader(behavior);
        var work = connection.Work;
        work.Enter();
        try
        {
            var reader = _command.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
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
        var executing = connection.Watch(_command.ExecuteReaderAsync(behavior & ~CommandBehavior.CloseConnection, cancellationToken));
        return behavior.HasFlag(CommandBehavior.CloseConnection) ? ClosingDbDataReader.OverAsync(executing, connection) : executing;
    }
}

using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ActorPool.Data.Commands;

/// <summary>
/// The reader of <see cref="CommandBehavior.CloseConnection"/>: closing it returns the connection's lease, which the provider's
/// own reader knows nothing of. All else is the provider's reader's work.
/// </summary>
sealed class ClosingDbDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    readonly DbDataReader _reader;
    readonly PooledDbConnection _connection;
    readonly int _epoch;
    bool _isClosed;

    public ClosingDbDataReader(DbDataReader reader, PooledDbConnection connection)
    {
        _reader = reader;
        _connection = connection;
        _epoch = connection.Epoch;
    }

    /// <summary>The reader of a command that executes.</summary>
    public static async Task<DbDataReader> OverAsync(Task<DbDataReader> executing, PooledDbConnection connection)
    {
        var reader = await executing.ConfigureAwait(false);
        return new ClosingDbDataReader(reader, connection);
    }

    public override int Depth => Open.Depth;

    public override int FieldCount => Open.FieldCount;

    public override bool HasRows => Open.HasRows;

    public override bool IsClosed => IsOver || _reader.IsClosed;

    public override int RecordsAffected => Open.RecordsAffected;

    public override int VisibleFieldCount => Open.VisibleFieldCount;

    // What the provider's reader reads once the lease has ended is another holder's.
    bool IsOver => _isClosed || _connection.Epoch != _epoch;

    DbDataReader Open => IsOver ? throw new InvalidOperationException("The reader is closed.") : _reader;

    public override object this[int ordinal] => Open[ordinal];

    public override object this[string name] => Open[name];

    public override bool Read() => Open.Read();

    public override Task<bool> ReadAsync(CancellationToken cancellationToken) => Open.ReadAsync(cancellationToken);

    public override bool NextResult() => Open.NextResult();

    public override Task<bool> NextResultAsync(CancellationToken cancellationToken) => Open.NextResultAsync(cancellationToken);

    public override bool GetBoolean(int ordinal) => Open.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => Open.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Open.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => Open.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Open.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override string GetDataTypeName(int ordinal) => Open.GetDataTypeName(ordinal);

    public override DateTime GetDateTime(int ordinal) => Open.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => Open.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => Open.GetDouble(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetFieldType(int ordinal) => Open.GetFieldType(ordinal);

    public override T GetFieldValue<T>(int ordinal) => Open.GetFieldValue<T>(ordinal);

    public override Task<T> GetFieldValueAsync<T>(int ordinal, CancellationToken cancellationToken) =>
        Open.GetFieldValueAsync<T>(ordinal, cancellationToken);

    public override float GetFloat(int ordinal) => Open.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => Open.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => Open.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => Open.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => Open.GetInt64(ordinal);

    public override string GetName(int ordinal) => Open.GetName(ordinal);

    public override int GetOrdinal(string name) => Open.GetOrdinal(name);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    public override Type GetProviderSpecificFieldType(int ordinal) => Open.GetProviderSpecificFieldType(ordinal);

    public override object GetProviderSpecificValue(int ordinal) => Open.GetProviderSpecificValue(ordinal);

    public override int GetProviderSpecificValues(object[] values) => Open.GetProviderSpecificValues(values);

    public override DataTable? GetSchemaTable() => Open.GetSchemaTable();

    public override Task<DataTable?> GetSchemaTableAsync(CancellationToken cancellationToken = default) =>
        Open.GetSchemaTableAsync(cancellationToken);

    public override Task<ReadOnlyCollection<DbColumn>> GetColumnSchemaAsync(CancellationToken cancellationToken = default) =>
        Open.GetColumnSchemaAsync(cancellationToken);

    public ReadOnlyCollection<DbColumn> GetColumnSchema() => DbDataReaderExtensions.GetColumnSchema(Open);

    public override Stream GetStream(int ordinal) => Open.GetStream(ordinal);

    public override string GetString(int ordinal) => Open.GetString(ordinal);

    public override TextReader GetTextReader(int ordinal) => Open.GetTextReader(ordinal);

    public override object GetValue(int ordinal) => Open.GetValue(ordinal);

    public override int GetValues(object[] values) => Open.GetValues(values);

    public override bool IsDBNull(int ordinal) => Open.IsDBNull(ordinal);

    public override Task<bool> IsDBNullAsync(int ordinal, CancellationToken cancellationToken) =>
        Open.IsDBNullAsync(ordinal, cancellationToken);

    public override void Close()
    {
        if (End())
        {
            _reader.Dispose();
            _connection.Close();
        }
    }

    public override async Task CloseAsync()
    {
        if (End())
        {
            await _reader.DisposeAsync().ConfigureAwait(false);
            await _connection.CloseAsync().ConfigureAwait(false);
        }
    }

#pragma warning disable CA2215 // the base closes synchronously
    public override async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);
#pragma warning restore CA2215

    // Not if the connection was closed before: that has ended the provider's reader, and another holder may have it now.
    bool End()
    {
        if (_isClosed)
        {
            return false;
        }

        _isClosed = true;
        return _connection.Epoch == _epoch;
    }
}

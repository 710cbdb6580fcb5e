using System.Collections;
using System.Data.Common;

namespace ActorPool.Data.Tests.Fakes;

/// <summary>Has no rows. Says, as Npgsql's does, whether it was disposed or only closed.</summary>
sealed class FakeDbDataReader : DbDataReader
{
    bool _isClosed;
    bool _isDisposed;

    public override int Depth => 0;

    public override int FieldCount
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _isClosed ? throw new InvalidOperationException("The reader is closed") : 0;
        }
    }

    public override bool HasRows => false;

    public override bool IsClosed => _isClosed;

    public override int RecordsAffected => 0;

    public override object this[int ordinal] => throw NoRow();

    public override object this[string name] => throw NoRow();

    public override void Close() => _isClosed = true;

    public override bool GetBoolean(int ordinal) => throw NoRow();

    public override byte GetByte(int ordinal) => throw NoRow();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw NoRow();

    public override char GetChar(int ordinal) => throw NoRow();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw NoRow();

    public override string GetDataTypeName(int ordinal) => throw NoRow();

    public override DateTime GetDateTime(int ordinal) => throw NoRow();

    public override decimal GetDecimal(int ordinal) => throw NoRow();

    public override double GetDouble(int ordinal) => throw NoRow();

    public override IEnumerator GetEnumerator() => throw NoRow();

    public override Type GetFieldType(int ordinal) => throw NoRow();

    public override float GetFloat(int ordinal) => throw NoRow();

    public override Guid GetGuid(int ordinal) => throw NoRow();

    public override short GetInt16(int ordinal) => throw NoRow();

    public override int GetInt32(int ordinal) => throw NoRow();

    public override long GetInt64(int ordinal) => throw NoRow();

    public override string GetName(int ordinal) => throw NoRow();

    public override int GetOrdinal(string name) => throw NoRow();

    public override string GetString(int ordinal) => throw NoRow();

    public override object GetValue(int ordinal) => throw NoRow();

    public override int GetValues(object[] values) => throw NoRow();

    public override bool IsDBNull(int ordinal) => throw NoRow();

    public override bool NextResult() => false;

    public override bool Read() => false;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _isDisposed = true;
    }

    static InvalidOperationException NoRow() => new("There is no row.");
}

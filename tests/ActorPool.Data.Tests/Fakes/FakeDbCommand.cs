using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ActorPool.Data.Tests.Fakes;

sealed class FakeDbCommand : DbCommand
{
    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery()
    {
        ((FakeDbConnection)DbConnection!).Execute(CommandText);
        return 0;
    }

    public override object? ExecuteScalar() => ExecuteNonQuery();

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        ExecuteNonQuery();
        return new FakeDbDataReader();
    }
}

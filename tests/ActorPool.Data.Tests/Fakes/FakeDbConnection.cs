using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ActorPool.Data.Tests.Fakes;

class FakeDbConnection(FakeDbDataSource source) : DbConnection
{
    ConnectionState _state = ConnectionState.Closed;

    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "fake";

    public override string DataSource => "fake";

    public override string ServerVersion => "1";

    public override ConnectionState State => _state;

    public override void ChangeDatabase(string databaseName)
    {
    }

    public override void Open() => _state = ConnectionState.Open;

    public override void Close() => _state = ConnectionState.Closed;

    public void Execute(string sql)
    {
        lock (source.Executed)
        {
            source.Executed.Add(sql);
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        Execute("BEGIN");
        return source.BeginFails is { } error ? throw error : new FakeDbTransaction(this);
    }

    protected override DbCommand CreateDbCommand() => new FakeDbCommand { Connection = this };
}

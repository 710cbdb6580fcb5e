using System.Data;
using System.Data.Common;

namespace ActorPool.Data.Tests.Fakes;

sealed class FakeDbTransaction(FakeDbConnection connection) : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection DbConnection => connection;

    public override void Commit() => connection.Execute("COMMIT");

    public override void Rollback() => connection.Execute("ROLLBACK");
}

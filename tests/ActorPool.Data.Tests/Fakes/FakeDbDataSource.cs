using System.Data.Common;

namespace ActorPool.Data.Tests.Fakes;

/// <summary>A provider without a server: it notes what it is told, and fails where a test wants it to.</summary>
sealed class FakeDbDataSource(FakeKind kind = FakeKind.Unknown) : DbDataSource
{
    /// <summary>What every connection executed, in order; <c>BEGIN</c> as soon as a transaction is asked for.</summary>
    public List<string> Executed { get; } = [];

    /// <summary>What beginning a transaction throws once <c>BEGIN</c> is on its way; null if nothing.</summary>
    public Exception? BeginFails { get; set; }

    public override string ConnectionString => "";

    protected override DbConnection CreateDbConnection() =>
        kind == FakeKind.Npgsql ? new NpgsqlConnection(this) : new FakeDbConnection(this);
}

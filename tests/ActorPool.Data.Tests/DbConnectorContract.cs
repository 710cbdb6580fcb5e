using System.Data.Common;
using System.Globalization;
using ActorPool.Servers;
using ActorPool.TestKit;
using Npgsql;

namespace ActorPool.Data.Tests;

/// <summary>The connector of databases does what pools rely on.</summary>
[Collection(ContractPostgres.Name)]
public abstract class DbConnectorContract(SharedPostgres postgres, string tls) : ConnectorContract<DbConnection>
{
    const string Password = "x7!";

    int _questions;

    protected override IReadOnlyList<string> Secrets => [Password];

    // well above the provider's own timeouts, by which some of the steps end
    protected override TimeSpan Patience => TimeSpan.FromSeconds(30);

    protected override async ValueTask<(string Host, int Port)> GetServerAsync()
    {
        await postgres.AskAsync<int>($"DO $$ BEGIN CREATE ROLE contract LOGIN PASSWORD '{Password}'; EXCEPTION WHEN duplicate_object THEN NULL; END $$; SELECT 1");
        return ("127.0.0.1", postgres.Server.Port);
    }

    protected override IConnector<DbConnection> CreateConnector(string host, int port) => Connector(host, port, Password);

    protected override IConnector<DbConnection> CreateConnectorThatIsRefused(string host, int port) => Connector(host, port, "wrong");

    protected override async ValueTask UseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var question = Interlocked.Increment(ref _questions).ToString(CultureInfo.InvariantCulture);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT '{question}'";
        ExpectAnswer(question, (string?)await command.ExecuteScalarAsync(cancellationToken));
    }

    // Without the wrapper nobody sees what was begun: a session reset would fail where a rollback is enough.
    DbConnector Connector(string host, int port, string password) => new(
        NpgsqlFactory.Instance,
        string.Create(CultureInfo.InvariantCulture, $"Host={host};Port={port};Username=contract;Password={password};Database=postgres;Timeout=3;Command Timeout=2;Cancellation Timeout=100;{tls.Replace("CA", postgres.Server.CaFile, StringComparison.Ordinal)}"));
}

using System.Globalization;
using System.Text.RegularExpressions;
using ActorPool.Servers;
using ActorPool.TestKit;
using Mail;

namespace ActorPool.Tests.Samples;

/// <summary>The sample's connector does what pools rely on, against a real mail server; all clauses in one test, as its sessions are internal.</summary>
public sealed partial class ImapContractTests(MailServers servers) : IClassFixture<MailServers>
{
    [SkippableFact]
    public async Task The_contract_of_connectors_is_met()
    {
        var server = await servers.GetAsync();
        await Task.WhenAll(typeof(Contract).GetMethods()
            .Where(method => method.IsDefined(typeof(SkippableFactAttribute), inherit: true))
            .Select(clause => (Task)clause.Invoke(new Contract(server), null)!));
    }

    sealed class Contract(DovecotServer server) : ConnectorContract<ImapSession>
    {
        int _questions;

        protected override IReadOnlyList<string> Secrets => [DovecotServer.Password];

        protected override ValueTask<(string Host, int Port)> GetServerAsync() => new(("127.0.0.1", server.Port));

        protected override IConnector<ImapSession> CreateConnector(string host, int port) => new ImapConnector(MailTests.Account(server, port));

        protected override IConnector<ImapSession> CreateConnectorThatIsRefused(string host, int port) =>
            new ImapConnector(MailTests.Account(server, port, password: DovecotServer.Password + "?"));

        protected override async ValueTask UseAsync(ImapSession connection, CancellationToken cancellationToken)
        {
            var question = string.Create(CultureInfo.InvariantCulture, $"folder{Interlocked.Increment(ref _questions)}");
            try
            {
                await connection.CountAsync(question, cancellationToken);
            }
            catch (ImapException refused)
            {
                ExpectAnswer(question, FolderName().Match(refused.Answer).Value);
            }
        }
    }

    // "NO [NONEXISTENT] Mailbox doesn't exist: folder7 (0.001 + 0.000 secs)."
    [GeneratedRegex(@"folder\d+", RegexOptions.None, 10_000)]
    private static partial Regex FolderName();
}

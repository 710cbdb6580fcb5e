using System.Globalization;
using System.Net.Sockets;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Tests.TestKit.Contracts;

/// <summary>The contract for a connector with a defect; not run as tests of its own (it is not public).</summary>
sealed class DefectiveContract(EchoServer server, string password, Defect defect) : ConnectorContract<NetworkStream>
{
    int _questions;

    protected override IReadOnlyList<string> Secrets => [password];

    // what never ends is waited for; the rest is not to fail because the machine is busy
    protected override TimeSpan Patience => TimeSpan.FromSeconds(defect == Defect.None ? 20 : 2);

    protected override ValueTask<(string Host, int Port)> GetServerAsync() => new(("127.0.0.1", server.Port));

    protected override IConnector<NetworkStream> CreateConnector(string host, int port) => new DefectiveConnector(host, port, password, defect);

    protected override IConnector<NetworkStream> CreateConnectorThatIsRefused(string host, int port) =>
        new DefectiveConnector(host, port, password + "z", defect);

    protected override async ValueTask UseAsync(NetworkStream connection, CancellationToken cancellationToken)
    {
        var question = Interlocked.Increment(ref _questions).ToString(CultureInfo.InvariantCulture);
        ExpectAnswer(question, await DefectiveConnector.AskAsync(connection, question, cancellationToken));
    }
}

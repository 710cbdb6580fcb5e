using System.Globalization;
using System.Security.Authentication;
using System.Text;
using ActorPool.Servers;
using ActorPool.TestKit;

namespace ActorPool.Tests.Net;

/// <summary>The connector of streams does what pools rely on.</summary>
public abstract class TcpConnectorContract : ConnectorContract<Stream>, IAsyncLifetime
{
    const string Password = "x7!";

    readonly EchoServer _server;
    int _questions;

    protected TcpConnectorContract(bool tls)
    {
        IsTls = tls;
        _server = EchoServer.Start(tls, Password);
    }

    protected override IReadOnlyList<string> Secrets => [Password];

    bool IsTls { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    protected override ValueTask<(string Host, int Port)> GetServerAsync() => new(("127.0.0.1", _server.Port));

    protected override IConnector<Stream> CreateConnector(string host, int port) => Connector(host, port, Password);

    protected override IConnector<Stream> CreateConnectorThatIsRefused(string host, int port) => Connector(host, port, Password + "z");

    protected override async ValueTask UseAsync(Stream connection, CancellationToken cancellationToken)
    {
        var question = Interlocked.Increment(ref _questions).ToString(CultureInfo.InvariantCulture);
        ExpectAnswer(question, await AskAsync(connection, question, cancellationToken));
    }

    TcpConnector Connector(string host, int port, string password) => new(host, port, new TcpConnectorOptions
    {
        Tls = IsTls ? OpenedStream.TrustingTls() : null,
        Handshake = async (stream, _, token) =>
        {
            if (await AskAsync(stream, $"LOGIN {password}", token) is var answer and not "OK")
            {
                throw answer == "NO" ? new InvalidCredentialException("The login was refused.") : new InvalidDataException("The login's answer is no answer.");
            }
        },
        Probe = static async (stream, token) => await AskAsync(stream, "probe", token),
    });

    static async ValueTask<string> AskAsync(Stream stream, string question, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question + "\n"), cancellationToken);
        var answer = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            if (one[0] == '\n')
            {
                return answer.ToString();
            }

            if (answer.Append((char)one[0]).Length > 100)
            {
                throw new InvalidDataException("An answer has no end.");
            }
        }
    }
}

using System.Security.Authentication;
using ActorPool;

namespace YourConnector;

public sealed class ShoutConnector(string host, int port, string password) : IConnector<ShoutConnection>
{
    // names, sockets, TLS, and noticing that a connection has ended or speaks unasked: all that is this one's
    readonly TcpConnector _tcp = new(host, port, new TcpConnectorOptions
    {
        Handshake = async (stream, _, cancellationToken) =>
        {
            if (await new ShoutConnection(stream).AskAsync($"LOGIN {password}", cancellationToken) is var answer and not "OK")
            {
                throw answer == "NO" ? new InvalidCredentialException("The login was refused.") : new IOException("This is no shouting server.");
            }
        },
    });

    public ConnectorSteps Steps => ConnectorSteps.Probe | ConnectorSteps.Return | ConnectorSteps.Reuse;

    public async ValueTask<ShoutConnection> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
        new(await _tcp.OpenAsync(context, cancellationToken));

    public async ValueTask ProbeAsync(ShoutConnection connection, CancellationToken cancellationToken) =>
        await connection.AskAsync("PING", cancellationToken);

    public ValueTask CloseAsync(ShoutConnection connection, CloseReason reason) => _tcp.CloseAsync(connection.Stream, reason);

    public bool IsFault(Exception error) => error is not ShoutException;

    public bool IsReusable(ShoutConnection connection) => _tcp.IsReusable(connection.Stream);

    public bool TryReturn(ShoutConnection connection) => _tcp.TryReturn(connection.Stream);

    public OpenFailureKind Classify(Exception error) => _tcp.Classify(error);
}

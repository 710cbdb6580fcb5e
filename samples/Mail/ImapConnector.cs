using System.Security.Authentication;
using ActorPool;

namespace Mail;

/// <summary>
/// Opens IMAP sessions: greeting and STARTTLS in the clear, then TLS, then LOGIN; NOOP as keepalive. The advanced example of
/// geventconnpool, on a real protocol. Sockets, TLS and what a dead connection looks like are the TCP connector's.
/// </summary>
sealed class ImapConnector : IConnector<ImapSession>
{
    readonly TcpConnector _tcp;

    public ImapConnector(MailAccount account)
    {
        _tcp = new TcpConnector(account.Host, account.Port, new TcpConnectorOptions
        {
            Tls = new TlsOptions { CaFile = account.CaFile },
            StartTls = new StartTlsOptions { Policy = account.Tls, Ask = AskForTlsAsync },
            Handshake = (stream, _, cancellationToken) => LogInAsync(new ImapSession(stream), account, cancellationToken),
        });
    }

    public ConnectorSteps Steps => ConnectorSteps.All;

    public async ValueTask<ImapSession> OpenAsync(OpenContext context, CancellationToken cancellationToken) =>
        new(await _tcp.OpenAsync(context, cancellationToken));

    public async ValueTask ProbeAsync(ImapSession connection, CancellationToken cancellationToken)
    {
        await connection.AskAsync("NOOP", cancellationToken);
        if (!TryReturn(connection))
        {
            throw new IOException("The probe has left something unread.");
        }
    }

    public ValueTask ResetAsync(ImapSession connection, CancellationToken cancellationToken) => connection.UnselectAsync(cancellationToken);

    public ValueTask CloseAsync(ImapSession connection, CloseReason reason) => _tcp.CloseAsync(connection.Stream, reason);

    // a refusal that was read to its end says nothing against the connection
    public bool IsFault(Exception error) => error is not ImapException;

    public bool IsReusable(ImapSession connection) => _tcp.IsReusable(connection.Stream);

    public bool TryReturn(ImapSession connection) => !connection.IsAmidst && _tcp.TryReturn(connection.Stream);

    public OpenFailureKind Classify(Exception error) => _tcp.Classify(error);

    public override string ToString() => _tcp.ToString();

    static async ValueTask<bool> AskForTlsAsync(Stream stream, OpenContext context, CancellationToken cancellationToken)
    {
        var session = new ImapSession(stream);
        await session.GreetAsync(cancellationToken);
        try
        {
            await session.AskAsync("STARTTLS", cancellationToken);
            return true;
        }
        catch (ImapException)
        {
            return false;
        }
    }

    static async ValueTask LogInAsync(ImapSession session, MailAccount account, CancellationToken cancellationToken)
    {
        try
        {
            await session.AskAsync($"LOGIN {ImapSession.Quote(account.User)} {ImapSession.Quote(account.Password)}", cancellationToken);
        }
        catch (ImapException refused) when (!refused.Answer.Contains("[UNAVAILABLE]", StringComparison.Ordinal))
        {
            throw new InvalidCredentialException(refused.Message, refused);
        }
    }
}

namespace ActorPool;

/// <summary>
/// How a connection that begins in the clear goes over to TLS: STARTTLS of IMAP, SMTP, LDAP or XMPP, the SSLRequest of
/// PostgreSQL, the CONNECT of a proxy. Part of <see cref="TcpConnectorOptions"/>.
/// </summary>
/// <remarks>
/// The order is fixed: <see cref="Ask"/> in the clear, then TLS, then <see cref="TcpConnectorOptions.Handshake"/>. A login
/// that stands in the handshake is never sent in the clear when TLS is <see cref="StartTlsPolicy.Required"/>, whatever the
/// server answers.
/// </remarks>
public sealed class StartTlsOptions
{
    /// <summary>
    /// Reads the greeting, if there is one, asks for TLS and reads the answer, up to its last byte and not further; true when
    /// the server agrees. What it throws fails the open. Must be set. What the server sends in the clear after its agreement
    /// fails the open: somebody in between may have put it there for the time after (CVE-2011-0411).
    /// </summary>
    public Func<Stream, OpenContext, CancellationToken, ValueTask<bool>>? Ask { get; set; }

    /// <summary>What becomes of the connection when the server does not agree. Default <see cref="StartTlsPolicy.Required"/>.</summary>
    public StartTlsPolicy Policy { get; set; } = StartTlsPolicy.Required;

    /// <summary>A copy that later changes do not reach.</summary>
    internal StartTlsOptions Snapshot() => (StartTlsOptions)MemberwiseClone();

    /// <summary>What is wrong.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Ask is null)
        {
            yield return "StartTls.Ask is not set, so that nobody asks the server for TLS";
        }

        if (!Enum.IsDefined(Policy))
        {
            yield return $"StartTls.Policy is {Policy}, possible are Required and Preferred";
        }
    }
}

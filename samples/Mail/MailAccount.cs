using ActorPool;

namespace Mail;

/// <summary>Where the mail is, and whose.</summary>
sealed class MailAccount
{
    public required string Host { get; init; }

    public int Port { get; init; } = 143;

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>The CA of the server's certificate; null for those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Required: without TLS there is no login. Preferred, as in geventconnpool's example: it goes on in the clear.</summary>
    public StartTlsPolicy Tls { get; init; } = StartTlsPolicy.Required;

    // no record: its text would have the password in it
    public override string ToString() => $"{User} at {Host}:{Port}";
}

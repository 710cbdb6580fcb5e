using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ActorPool;

/// <summary>
/// How a <see cref="TcpConnector"/> speaks TLS. Files are read again for every connection that is opened, so that
/// renewed certificates are picked up; a file that is missing or unusable fails the open as
/// <see cref="OpenFailureKind.Configuration"/>. Secrets never appear in messages or logs.
/// </summary>
public sealed class TlsOptions
{
    /// <summary>
    /// The name that the server's certificate has to carry, also sent to it (SNI). Null, the default, takes the host that
    /// is connected to. Needed for a Unix socket, which has no host.
    /// </summary>
    public string? TargetHost { get; set; }

    /// <summary>
    /// A PEM file with the certificates of the CAs to trust, instead of the system's. Null, the default, trusts the
    /// system's, unless <see cref="CaCertificates"/> is set.
    /// </summary>
    public string? CaFile { get; set; }

    /// <summary>
    /// CA certificates to trust, instead of the system's and together with those of <see cref="CaFile"/>. Null is the default.
    /// </summary>
    public X509Certificate2Collection? CaCertificates { get; set; }

    /// <summary>
    /// The certificate, with its private key, to show to a server that asks for one. Null, the default, shows that of
    /// <see cref="ClientCertificateFile"/>, or none. Not disposed by the connector.
    /// </summary>
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>
    /// A PEM file with the certificate to show to a server that asks for one, its own first, then those between it and
    /// the CA. Null, the default, for none; excludes <see cref="ClientCertificate"/>.
    /// </summary>
    public string? ClientCertificateFile { get; set; }

    /// <summary>
    /// The PEM file with the private key of <see cref="ClientCertificateFile"/>. Null, the default, when the key is in
    /// that file too.
    /// </summary>
    public string? ClientKeyFile { get; set; }

    /// <summary>The password of an encrypted private key. Null, the default, for a key that is not encrypted.</summary>
    public string? ClientKeyPassword { get; set; }

    /// <summary>Whether the certificate has to carry the name that was asked for. Default true.</summary>
    public bool CheckHostName { get; set; } = true;

    /// <summary>
    /// The lowest TLS version to accept: <see cref="SslProtocols.Tls12"/>, the default, or
    /// <see cref="SslProtocols.Tls13"/>. Older ones are refused.
    /// </summary>
    public SslProtocols MinimumVersion { get; set; } = SslProtocols.Tls12;

    /// <summary>
    /// The protocols to offer to the server (ALPN, RFC 7301), the preferred one first. Null, the default, offers none. What
    /// the server chose is told by <see cref="SslStream.NegotiatedApplicationProtocol"/>.
    /// </summary>
    public IList<SslApplicationProtocol>? ApplicationProtocols { get; set; }

    /// <summary>
    /// Whether to take any certificate from anybody, which leaves the connection open to whoever sits in between.
    /// Default false; true is logged as a warning.
    /// </summary>
    public bool DangerouslySkipVerification { get; set; }

    /// <summary>Whether CAs are given, so that the system's are not asked.</summary>
    internal bool HasOwnCas => CaFile is not null || CaCertificates is { Count: > 0 };

    /// <summary>A copy that later changes do not reach.</summary>
    internal TlsOptions Snapshot()
    {
        var copy = (TlsOptions)MemberwiseClone();
        copy.CaCertificates = CaCertificates is null ? null : [.. CaCertificates];
        copy.ApplicationProtocols = ApplicationProtocols?.ToList();
        return copy;
    }

    /// <summary>What is wrong, as far as it can be told without opening a file.</summary>
    /// <param name="overUnixSocket">Whether there is no host whose name could be checked.</param>
    internal IEnumerable<string> Problems(bool overUnixSocket)
    {
        (string Name, string? Value)[] texts =
        [
            (nameof(TargetHost), TargetHost),
            (nameof(CaFile), CaFile),
            (nameof(ClientCertificateFile), ClientCertificateFile),
            (nameof(ClientKeyFile), ClientKeyFile),
        ];
        foreach (var (name, value) in texts)
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
            {
                yield return $"Tls.{name} is empty, use null for none";
            }
        }

        if (CaCertificates is { Count: 0 })
        {
            yield return "Tls.CaCertificates is empty, use null for the system's CAs";
        }

        if (ApplicationProtocols is { Count: 0 })
        {
            yield return "Tls.ApplicationProtocols is empty, use null for none";
        }

        if (ClientCertificate is not null && ClientCertificateFile is not null)
        {
            yield return "Tls.ClientCertificate and Tls.ClientCertificateFile exclude each other";
        }

        if (ClientCertificate is { HasPrivateKey: false })
        {
            yield return "Tls.ClientCertificate has no private key";
        }

        if ((ClientKeyFile is not null || ClientKeyPassword is not null) && ClientCertificateFile is null)
        {
            yield return "Tls.ClientKeyFile and Tls.ClientKeyPassword need a Tls.ClientCertificateFile";
        }

        if (MinimumVersion is not (SslProtocols.Tls12 or SslProtocols.Tls13))
        {
            yield return $"Tls.MinimumVersion is {MinimumVersion}, possible are Tls12 and Tls13";
        }

        if (overUnixSocket && TargetHost is null && CheckHostName && !DangerouslySkipVerification)
        {
            yield return "Tls over a Unix socket needs a Tls.TargetHost to check, or Tls.CheckHostName = false";
        }
    }
}

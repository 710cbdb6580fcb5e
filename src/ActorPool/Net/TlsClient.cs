using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ActorPool.Net;

/// <summary>Lays TLS over new connections.</summary>
/// <param name="options">How; not changed any more.</param>
/// <param name="endpoint">What the connections lead to, for messages.</param>
sealed class TlsClient(TlsOptions options, string endpoint)
{
    // swapped as a whole; opens that race only parse the files once more
    volatile Tuple<TlsFiles, TlsMaterial>? _latest;

    /// <summary>Shakes hands over a new connection. It belongs to the stream that is returned; on failure, to the caller still.</summary>
    /// <param name="transport">The plain stream.</param>
    /// <param name="host">The name that was connected to; null when there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TlsFailedException">The handshake failed, or a file of the options cannot be used.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<SslStream> AuthenticateAsync(Stream transport, string? host, CancellationToken cancellationToken)
    {
        var material = await LoadAsync(cancellationToken).ConfigureAwait(false);
        var target = options.TargetHost ?? host ?? string.Empty;
        var check = new CertificateCheck(options, target);
        var tls = new SslStream(transport, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(Handshake(material, target, check), cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch (Exception error)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            if (error is AuthenticationException or IOException && Explain(error, check, material) is { } failure)
            {
                throw failure;
            }

            throw;
        }
    }

    SslClientAuthenticationOptions Handshake(TlsMaterial material, string target, CertificateCheck check) => new()
    {
        TargetHost = target,
        ApplicationProtocols = options.ApplicationProtocols?.ToList(),
        EnabledSslProtocols = options.MinimumVersion == SslProtocols.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = material.Roots is null ? null : PrivateTrust(material.Roots),
        ClientCertificateContext = material.Client,
        RemoteCertificateValidationCallback = check.Accept,
    };

    static X509ChainPolicy PrivateTrust(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // what a private CA has not given us is not to be had from the network
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    async Task<TlsMaterial> LoadAsync(CancellationToken cancellationToken)
    {
        var files = await TlsFiles.ReadAsync(options, endpoint, cancellationToken).ConfigureAwait(false);
        if (_latest is { } latest && latest.Item1 == files)
        {
            return latest.Item2;
        }

        var material = TlsMaterial.From(options, files, endpoint);
        _latest = Tuple.Create(files, material);
        return material;
    }

    TlsFailedException? Explain(Exception error, CertificateCheck check, TlsMaterial material)
    {
        if (check.Problem is { } problem)
        {
            return new($"{endpoint}: the server's certificate is refused: {problem}.", OpenFailureKind.Certificate, error);
        }

        var alert = TlsAlert.Find(error);
        if (alert is { IsAboutCertificate: true })
        {
            var ours = material.Client is { } client ? $"our certificate ({client.TargetCertificate.Subject})" : "a connection without a client certificate";
            return new($"{endpoint}: the server refused {ours}: {alert}.", OpenFailureKind.Certificate, error);
        }

        // a connection that merely broke is not a failure of TLS
        if (error is not AuthenticationException)
        {
            return null;
        }

        var detail = alert?.ToString() ?? (error.InnerException ?? error).Message.ReplaceLineEndings(" ");
        var lowest = options.MinimumVersion == SslProtocols.Tls13 ? "1.3" : "1.2";
        return new(
            $"{endpoint}: no TLS connection came about ({detail}); the server has to speak TLS {lowest} or later.",
            OpenFailureKind.Configuration,
            error);
    }
}

using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ActorPool.Net;

/// <summary>
/// Judges the server's certificate in one handshake, and keeps in words what was wrong with it: TLS itself would only
/// say that something was.
/// </summary>
/// <param name="options">What is asked of the certificate.</param>
/// <param name="host">The name that was asked for.</param>
sealed class CertificateCheck(TlsOptions options, string host)
{
    /// <summary>What was expected and what was found; null when nothing was wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>The callback of <see cref="SslClientAuthenticationOptions"/>; runs on the handshake's thread.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (options.DangerouslySkipVerification)
        {
            return true;
        }

        if (!options.CheckHostName)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        var problems = new List<string>();
        if ((errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0 || certificate is not X509Certificate2 shown)
        {
            problems.Add("the other end showed none");
        }
        else
        {
            if ((errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0)
            {
                problems.Add($"it is for {NamesOf(shown)}, not for {host}, which was asked for");
            }

            if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            {
                problems.Add(ChainProblem(shown, chain));
            }
        }

        Problem = string.Join("; ", problems);
        return false;
    }

    string ChainProblem(X509Certificate2 certificate, X509Chain? chain)
    {
        var status = chain?.ChainStatus ?? [];
        var flags = status.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if ((flags & X509ChainStatusFlags.NotTimeValid) != 0)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"it or one of its issuers is not valid now ({flags}); it is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u}");
        }

        var details = string.Join(", ", status.Select(one => one.StatusInformation.Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
        return $"it is issued by {certificate.Issuer}, which does not lead to a trusted CA ({flags}: {details}); trusted are {TrustedCas()}";
    }

    string TrustedCas() => (options.CaFile, options.CaCertificates) switch
    {
        ({ } file, null) => $"the CAs of {file}",
        ({ } file, _) => $"the CAs of {file} and of CaCertificates",
        (null, { }) => "the CAs of CaCertificates",
        _ => "the CAs of the system; name a private CA in TlsOptions.CaFile",
    };

    static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(static (IPAddress ip) => ip.ToString())))
            .ToList();
        return names.Count > 0 ? string.Join(", ", names) : $"no name at all (its subject is {certificate.Subject})";
    }
}

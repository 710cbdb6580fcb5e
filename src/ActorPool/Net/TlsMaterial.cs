using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorPool.Net;

/// <summary>The certificates that one handshake needs: whom to trust, and whom to be.</summary>
/// <param name="roots">The CAs to trust; null for the system's.</param>
/// <param name="client">The certificate to show; null for none.</param>
sealed class TlsMaterial(X509Certificate2Collection? roots, SslStreamCertificateContext? client)
{
    public X509Certificate2Collection? Roots { get; } = roots;

    public SslStreamCertificateContext? Client { get; } = client;

    /// <summary>Makes it from the contents of the files that the options name.</summary>
    /// <exception cref="TlsFailedException">A file does not hold what it should; it is named, its contents are not.</exception>
    public static TlsMaterial From(TlsOptions options, TlsFiles files, string endpoint) =>
        new(options.HasOwnCas ? LoadRoots(options, files, endpoint) : null, LoadClient(options, files, endpoint));

    static X509Certificate2Collection LoadRoots(TlsOptions options, TlsFiles files, string endpoint)
    {
        var roots = new X509Certificate2Collection();
        if (files.Ca is not null)
        {
            try
            {
                roots.ImportFromPem(files.Ca);
            }
            catch (CryptographicException error)
            {
                throw Unusable(endpoint, $"the CA file {options.CaFile} cannot be used: {error.Message}", error);
            }

            if (roots.Count == 0)
            {
                throw Unusable(endpoint, $"the CA file {options.CaFile} holds no PEM certificate", error: null);
            }
        }

        roots.AddRange(options.CaCertificates ?? []);
        return roots;
    }

    static SslStreamCertificateContext? LoadClient(TlsOptions options, TlsFiles files, string endpoint)
    {
        if (options.ClientCertificate is { } given)
        {
            return SslStreamCertificateContext.Create(given, additionalCertificates: null, offline: true);
        }

        if (files.Certificate is null)
        {
            return null;
        }

        try
        {
            var key = files.Key ?? files.Certificate;
            var certificate = options.ClientKeyPassword is { } password
                ? X509Certificate2.CreateFromEncryptedPem(files.Certificate, key, password)
                : X509Certificate2.CreateFromPem(files.Certificate, key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(files.Certificate);
            return SslStreamCertificateContext.Create(Usable(certificate), chain, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            var names = options.ClientKeyFile is null ? options.ClientCertificateFile : $"{options.ClientCertificateFile} with the key file {options.ClientKeyFile}";
            throw Unusable(endpoint, $"the client certificate {names} cannot be used: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    // Windows does not take a key that lives in memory only
    static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
        : certificate;

    static TlsFailedException Unusable(string endpoint, string problem, Exception? error) =>
        new($"{endpoint}: TLS is not configured right: {problem}.", OpenFailureKind.Configuration, error);
}

using System.Security.Cryptography.X509Certificates;

namespace ActorPool.Servers;

/// <summary>The <see cref="TestCertificates"/> as PEM files, which is how servers take them.</summary>
public sealed class CertificateFiles
{
    /// <param name="folder">Where to write them; whoever deletes the folder deletes them.</param>
    public CertificateFiles(DirectoryInfo folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Ca = Write(folder, "ca.pem", TestCertificates.Ca.ExportCertificatePem());
        (Server, ServerKey) = Write(folder, "server", TestCertificates.Server);
        (Client, ClientKey) = Write(folder, "client", TestCertificates.Client);
    }

    public string Ca { get; }

    public string Server { get; }

    public string ServerKey { get; }

    public string Client { get; }

    public string ClientKey { get; }

    /// <summary>Writes a certificate and its key, readable by nobody else.</summary>
    public static (string Certificate, string Key) Write(DirectoryInfo folder, string name, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        using var key = certificate.GetECDsaPrivateKey()!;
        return (Write(folder, $"{name}.pem", certificate.ExportCertificatePem()), Write(folder, $"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    static string Write(DirectoryInfo folder, string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text + "\n");
        FileModes.Set(path, FileModes.OwnerOnly);
        return path;
    }
}

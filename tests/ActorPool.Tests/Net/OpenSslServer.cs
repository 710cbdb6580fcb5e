using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ActorPool.Servers;

namespace ActorPool.Tests.Net;

/// <summary>A TLS server that is not .NET's own: <c>openssl s_server</c> on a loopback port.</summary>
sealed class OpenSslServer : IDisposable
{
    readonly Process _process;

    OpenSslServer(Process process) => _process = process;

    /// <summary>Starts it; null when this machine has none.</summary>
    public static OpenSslServer? TryStart(DirectoryInfo files, params string[] arguments)
    {
        var certificate = Path.Combine(files.FullName, "s_server.pem");
        using var key = TestCertificates.Server.GetECDsaPrivateKey()!;
        File.WriteAllText(certificate, $"{TestCertificates.Server.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        try
        {
            var start = new ProcessStartInfo("openssl", ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            return new OpenSslServer(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Where it listens; it says so as <c>ACCEPT 127.0.0.1:port</c>.</summary>
    public async Task<int> PortAsync()
    {
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
            {
                return int.Parse(line.AsSpan(line.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("openssl s_server has ended before it listened.");
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // over already
        }

        _process.Dispose();
    }
}

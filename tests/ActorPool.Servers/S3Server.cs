using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Servers;

/// <summary>
/// An S3-compatible server of the test's own (s3rver, from npm) on a loopback port. Its keys are <c>S3RVER</c> and
/// <c>S3RVER</c>; it closes connections that are idle for 5 s.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>Names the folder <c>node_modules</c> in which s3rver was installed.</summary>
    public const string ModulesVariable = "ACTORPOOL_NODE_MODULES";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-s3-");
    readonly string _program;
    readonly bool _overTls;
    ServerProcess? _process;
    int _port;

    S3Server(string program, bool overTls)
    {
        _program = program;
        _overTls = overTls;
        Certificates = new CertificateFiles(_folder);
    }

    public CertificateFiles Certificates { get; }

    public Uri Address => new($"{(_overTls ? "https" : "http")}://localhost:{_port}");

    /// <summary>Starts one with a bucket; skips the test if there is none on this machine.</summary>
    public static async Task<S3Server> StartAsync(string bucket, bool overTls = false)
    {
        var program = RequiredServer.TryFind("s3rver", Folders())
            ?? throw RequiredServer.Missing("s3rver", $"npm brings it (npm install --prefix DIR s3rver, then {ModulesVariable}=DIR/node_modules)");
        var server = new S3Server(program, overTls);
        (server._process, server._port) = await ServerProcess.StartOnFreePortAsync("s3rver", port => server.TryRunAsync(port, bucket));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    static string[] Folders() => Environment.GetEnvironmentVariable(ModulesVariable) is { Length: > 0 } modules ? [Path.Combine(modules, ".bin")] : [];

    Task<ServerProcess?> TryRunAsync(int port, string bucket)
    {
        string[] tls = _overTls ? ["-s", "--key", Certificates.ServerKey, "--cert", Certificates.Server] : [];
        return ServerProcess.TryStartAsync(
            new ProcessStartInfo(
                _program,
                [
                    "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
                    "--directory", Path.Combine(_folder.FullName, "data"),
                    "--configure-bucket", bucket, "--no-vhost-buckets", .. tls,
                ]),
            static line => line.Contains("listening", StringComparison.OrdinalIgnoreCase));
    }
}

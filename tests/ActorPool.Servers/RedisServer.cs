using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Servers;

/// <summary>A Redis of the test's own on a loopback port and a Unix socket, and over TLS if wanted, which keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    readonly string _program;
    readonly string[] _arguments;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-redis-");
    readonly CertificateFiles? _certificates;
    ServerProcess? _process;

    RedisServer(string program, bool tls, string[] arguments)
    {
        _program = program;
        _arguments = arguments;
        _certificates = tls ? new CertificateFiles(_folder) : null;
    }

    public int Port { get; private set; }

    /// <summary>Where it speaks TLS, if it does.</summary>
    public int TlsPort => Port + 1;

    /// <summary>The path of its Unix socket.</summary>
    public string UnixSocket => Path.Combine(_folder.FullName, "redis.sock");

    /// <summary>The certificates that it uses and trusts.</summary>
    public CertificateFiles Certificates => _certificates ?? throw new InvalidOperationException("This server speaks no TLS.");

    /// <summary>Starts one; skips the test if there is none on this machine.</summary>
    public static Task<RedisServer> StartAsync(params string[] arguments) => StartAsync(tls: false, arguments);

    /// <summary>Starts one that speaks TLS too, and asks for client certificates if its arguments say so; skips the test if there is none on this machine.</summary>
    public static Task<RedisServer> StartWithTlsAsync(params string[] arguments) => StartAsync(tls: true, arguments);

    static async Task<RedisServer> StartAsync(bool tls, string[] arguments)
    {
        var server = new RedisServer(RequiredServer.Find("redis-server", "redis-server"), tls, arguments);
        (server._process, server.Port) = await ServerProcess.StartOnFreePortAsync("redis-server", server.TryRunAsync);
        return server;
    }

    /// <summary>As if its machine had lost power, except that its sockets are closed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Comes back on the same port.</summary>
    public async Task RunAgainAsync() =>
        _process = await TryRunAsync(Port) ?? throw new InvalidOperationException($"redis-server does not start on port {Port} again.");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    Task<ServerProcess?> TryRunAsync(int port) => ServerProcess.TryStartAsync(
        new ProcessStartInfo(
            _program,
            [
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--unixsocket", UnixSocket,
                "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. TlsArguments(port), .. _arguments,
            ])
        {
            WorkingDirectory = _folder.FullName,
        },
        static line => line.Contains("Ready to accept connections", StringComparison.Ordinal));

    string[] TlsArguments(int port) => _certificates is null
        ? []
        :
        [
            "--tls-port", (port + 1).ToString(CultureInfo.InvariantCulture), "--tls-auth-clients", "optional",
            "--tls-cert-file", _certificates.Server, "--tls-key-file", _certificates.ServerKey, "--tls-ca-cert-file", _certificates.Ca,
        ];
}

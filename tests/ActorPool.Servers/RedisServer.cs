using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Servers;

/// <summary>A Redis of the test's own on a loopback port, which keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    readonly string _program;
    readonly string[] _arguments;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-redis-");
    ServerProcess? _process;

    RedisServer(string program, string[] arguments)
    {
        _program = program;
        _arguments = arguments;
    }

    public int Port { get; private set; }

    /// <summary>Starts one; skips the test if there is none on this machine.</summary>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(RequiredServer.Find("redis-server", "redis-server"), arguments);
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
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. _arguments,
            ])
        {
            WorkingDirectory = _folder.FullName,
        },
        static line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
}

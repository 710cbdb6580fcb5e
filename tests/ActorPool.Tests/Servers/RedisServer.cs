using System.Diagnostics;
using System.Globalization;

namespace ActorPool.Tests.Servers;

/// <summary>A Redis of the test's own on a loopback port, which keeps nothing on disk.</summary>
sealed class RedisServer : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly string _program;
    readonly string[] _arguments;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorpool-redis-");
    Process? _process;
    Task _output = Task.CompletedTask;

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
        for (var attempt = 0; attempt < 20; attempt++)
        {
            // Below the ports that systems give to outgoing connections: nobody gets it while the server is away.
            server.Port = Random.Shared.Next(20_000, 32_000);
            if (await server.TryRunAsync())
            {
                return server;
            }
        }

        await server.DisposeAsync();
        throw new InvalidOperationException("redis-server finds no free port.");
    }

    /// <summary>As if its machine had lost power, except that its sockets are closed.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
            await _output.WaitAsync(Patience);
            process.Dispose();
        }
    }

    /// <summary>Comes back on the same port.</summary>
    public async Task RunAgainAsync() => Assert.True(await TryRunAsync(), $"redis-server does not start on port {Port} again");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>True once it listens; false if the port is taken.</summary>
    async Task<bool> TryRunAsync()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            _program, ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. _arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // a full pipe would stop it
                _output = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return true;
            }
        }

        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
        _process = null;
        return false;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorPool.Servers;

/// <summary>A server that runs as a process of its own, and what it has said.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    const int LinesKept = 200;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly ConcurrentQueue<string> _lines = new();
    readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Func<string, bool> _saysReady;
    readonly Task _output;

    ServerProcess(Process process, Func<string, bool> saysReady)
    {
        _process = process;
        _saysReady = saysReady;
        _output = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The last lines of its output, oldest first.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>
    /// Starts a program and waits until it says that it is ready; null if it ends before, as when its port is taken.
    /// </summary>
    /// <param name="saysReady">Whether a line of its output or its errors says so.</param>
    public static async Task<ServerProcess?> TryStartAsync(ProcessStartInfo start, Func<string, bool> saysReady)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var server = new ServerProcess(Process.Start(start)!, saysReady);
        _ = server._output.ContinueWith(_ => server._ready.TrySetResult(false), TaskScheduler.Default);
        try
        {
            if (await server._ready.Task.WaitAsync(Patience))
            {
                return server;
            }
        }
        catch (TimeoutException error)
        {
            await server.DisposeAsync();
            throw new TimeoutException($"{start.FileName} is not ready after {Patience.TotalSeconds} s. It said:\n{server.Output}", error);
        }

        await server.DisposeAsync();
        return null;
    }

    /// <summary>Starts a program on a free port: one below those that the system gives to outgoing connections, so that nobody gets it while the server is away.</summary>
    /// <param name="tryStart">Starts it on a port; null if it does not get it.</param>
    public static async Task<(ServerProcess Server, int Port)> StartOnFreePortAsync(string program, Func<int, Task<ServerProcess?>> tryStart)
    {
        ArgumentNullException.ThrowIfNull(tryStart);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (await tryStart(port) is { } server)
            {
                return (server, port);
            }
        }

        throw new InvalidOperationException($"{program} finds no free port.");
    }

    /// <summary>Ends it at once, as if its machine had lost power, except that its sockets are closed; and the processes it has started.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _output.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    // Read for as long as it runs: a full pipe would stop it.
    async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);
            while (_lines.Count > LinesKept)
            {
                _lines.TryDequeue(out _);
            }

            if (_saysReady(line))
            {
                _ready.TrySetResult(true);
            }
        }
    }
}

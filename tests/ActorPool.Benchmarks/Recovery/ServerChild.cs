using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ActorPool.Benchmarks.Recovery.Serving;

namespace ActorPool.Benchmarks.Recovery;

/// <summary>One process that serves until it is killed.</summary>
sealed class ServerChild : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Process _process;
    readonly TaskCompletionSource<long> _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim _heard = new(0);
    readonly Task _listening;
    string? _answer;

    ServerChild(Process process)
    {
        _process = process;
        _listening = HearAsync();
    }

    /// <summary>When all connections were ready; fails if it dies before.</summary>
    public Task<long> Full => _full.Task;

    /// <summary>Starts one, which does not listen yet.</summary>
    public static async Task<ServerChild> StartAsync(int port, ServerPlan plan)
    {
        var program = Environment.ProcessPath!;
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ServerChild).Assembly.Location] : [];
        var start = new ProcessStartInfo(
            program, [.. self, ServeCommand.Name, port.ToString(CultureInfo.InvariantCulture), JsonSerializer.Serialize(plan)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var child = new ServerChild(Process.Start(start)!);
        await child.AnswerAsync();
        return child;
    }

    /// <summary>Since when it listens; null if its port is taken.</summary>
    public async Task<long?> TryListenAsync() =>
        await AskAsync("listen") is { } answer ? long.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture) : null;

    public async Task<ServerJournal> ReportAsync() => JsonSerializer.Deserialize<ServerJournal>(
        await AskAsync("report") ?? throw new InvalidOperationException("The server has died before its time."))!;

    /// <summary>Kills it (SIGKILL), and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _listening;
        _process.Dispose();
        _heard.Dispose();
    }

    async Task<string?> AskAsync(string request)
    {
        await _process.StandardInput.WriteLineAsync(request);
        await _process.StandardInput.FlushAsync();
        return await AnswerAsync();
    }

    async Task<string?> AnswerAsync() => await _heard.WaitAsync(Patience)
        ? _answer
        : throw new TimeoutException("The server process does not answer.");

    async Task HearAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("full", StringComparison.Ordinal))
            {
                _full.TrySetResult(long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
            }
            else
            {
                _answer = line;
                _heard.Release();
            }
        }

        _answer = null;
        _full.TrySetException(new InvalidOperationException("The server was killed before all connections were back."));
        _ = _full.Task.Exception;
        _heard.Release();
    }
}

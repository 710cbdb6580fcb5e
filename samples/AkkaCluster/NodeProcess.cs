using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AkkaClusterSample;

/// <summary>A node as its starter sees it: another process of this program.</summary>
sealed class NodeProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly Task _reading;
    NodeStatus _status = new("starting", 0, 0, 0, 0, null, 0);

    NodeProcess(string name, Process process)
    {
        Name = name;
        _process = process;
        _reading = ReadAsync();
    }

    public string Name { get; }

    /// <summary>What it has said last.</summary>
    public NodeStatus Status => Volatile.Read(ref _status);

    public bool HasEnded => _process.HasExited;

    public static NodeProcess Start(string name, int port, string roles, string seeds, string? database)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(NodeProcess).Assembly.Location);
        }

        foreach (var argument in new[] { "--node", name, "--port", port.ToString(CultureInfo.InvariantCulture), "--roles", roles, "--seeds", seeds })
        {
            start.ArgumentList.Add(argument);
        }

        if (database is not null)
        {
            start.ArgumentList.Add("--postgres");
            start.ArgumentList.Add(database);
        }

        return new NodeProcess(name, Process.Start(start)!);
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>It ends with its input, in order; or it is ended.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
            {
                Volatile.Write(ref _status, JsonSerializer.Deserialize<NodeStatus>(line)!);
            }
        }
    }
}

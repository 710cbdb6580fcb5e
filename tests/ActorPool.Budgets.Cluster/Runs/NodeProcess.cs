using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ActorPool.Budgets.Cluster.Nodes;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>A node, as its driver sees it: what it is told, and what it says. Killed when it is disposed.</summary>
sealed class NodeProcess : IAsyncDisposable
{
    const int JoinedEvent = 1000;
    const int CutOffEvent = 1004;
    const int FencedEvent = 1005;
    const int ReclaimedEvent = 1006;
    const int WasFencedEvent = 1008;
    const int ReconciledEvent = 1010;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Process _process;
    readonly Task _reading;
    readonly Action<NodeProcess, string> _said;
    readonly ConcurrentDictionary<int, int> _events = new();
    readonly ConcurrentDictionary<int, DateTimeOffset> _closed = new();
    TaskCompletionSource<TimeSpan> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    NodeStatus _status;
    long _heldUntilTicks;
    long _answeredTicks;

    NodeProcess(NodeSettings settings, Process process, Action<NodeProcess, string> said)
    {
        Name = settings.Name;
        _process = process;
        _said = said;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public string Name { get; }

    /// <summary>What its connections call themselves; empty until it has said so.</summary>
    public string ClientName { get; private set; } = "";

    public NodeStatus Status => _status;

    /// <summary>The latest moment up to which it has ever said that it may use its grants.</summary>
    public DateTimeOffset HeldUntil => new(Volatile.Read(in _heldUntilTicks), TimeSpan.Zero);

    /// <summary>When it last had an answer that it had not had before.</summary>
    public DateTimeOffset AnsweredAt => new(Volatile.Read(in _answeredTicks), TimeSpan.Zero);

    public bool IsFrozen { get; private set; }

    /// <summary>When it last said that it had joined; null: it has not.</summary>
    public DateTimeOffset? JoinedAt { get; private set; }

    public int Joins => Count(JoinedEvent);

    public int CutOffs => Count(CutOffEvent);

    /// <summary>How many silent nodes it has fenced off.</summary>
    public int Fences => Count(FencedEvent);

    public int Reclaims => Count(ReclaimedEvent);

    public int TimesFenced => Count(WasFencedEvent);

    public int Reconciliations => Count(ReconciledEvent);

    public bool HasEnded => _process.HasExited;

    /// <param name="settings">What it is started with.</param>
    /// <param name="before">The command that starts its program, where one does.</param>
    /// <param name="said">Told of what is for people: its log, and what it did not expect to say.</param>
    public static NodeProcess Start(NodeSettings settings, IReadOnlyList<string> before, Action<NodeProcess, string> said)
    {
        var self = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location] : [];
        string[] command = [.. before, self, .. program, .. settings.ToArguments()];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Many processes on few cores: a compiler that goes through its tiers in each would be what is measured.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new NodeProcess(settings, Process.Start(start)!, said);
    }

    /// <summary>It is to keep so many leases busy.</summary>
    /// <returns>After how long it had them, by its own clock.</returns>
    public Task<TimeSpan> WantAsync(int count)
    {
        var reached = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reached, reached);
        Tell($"want {count}");
        return reached.Task;
    }

    /// <summary>The same, with connections that are opened and closed all the time.</summary>
    public void Churn(int count) => Tell($"churn {count}");

    /// <summary>It says what it knows of the book.</summary>
    public void Look() => Tell("look");

    /// <summary>Whether it had closed a session by then: the server may take a moment to end it.</summary>
    public bool HasClosed(CountedSession session, DateTimeOffset by) => _closed.TryGetValue(session.Pid, out var at) && at > session.StartedAt && at <= by;

    /// <summary>It leaves, and ends.</summary>
    public async Task LeaveAsync()
    {
        Tell("leave");
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public void Freeze()
    {
        IsFrozen = true;
        Signals.Freeze(_process.Id);
    }

    public void Thaw()
    {
        Signals.Thaw(_process.Id);
        IsFrozen = false;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _reading.WaitAsync(Patience);
        _process.Dispose();
    }

    int Count(int happened) => _events.GetValueOrDefault(happened);

    void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    async Task ReadAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            Hear(space < 0 ? line : line[..space], line[(space + 1)..]);
        }
    }

    void Hear(string word, string rest)
    {
        switch (word)
        {
            case "hello":
                ClientName = rest;
                break;
            case "status":
                HearStatus(NodeStatus.Parse(rest));
                break;
            case "reached":
                var took = int.Parse(rest.AsSpan(rest.IndexOf(' ', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
                Volatile.Read(in _reached).TrySetResult(TimeSpan.FromMilliseconds(took));
                break;
            case "closed":
                var space = rest.IndexOf(' ', StringComparison.Ordinal);
                _closed[int.Parse(rest.AsSpan(0, space), CultureInfo.InvariantCulture)] = new DateTimeOffset(long.Parse(rest.AsSpan(space + 1), CultureInfo.InvariantCulture), TimeSpan.Zero);
                break;
            case "log":
                Log(rest);
                break;
            case "left":
                break;
            default:
                _said(this, $"{word} {rest}");
                break;
        }
    }

    void HearStatus(NodeStatus status)
    {
        var now = TimeProvider.System.GetUtcNow().UtcTicks;
        if (status.DeadlineMs > 0)
        {
            Volatile.Write(ref _heldUntilTicks, Math.Max(_heldUntilTicks, now + (status.DeadlineMs * TimeSpan.TicksPerMillisecond)));
        }

        if (status.Queries > _status.Queries)
        {
            Volatile.Write(ref _answeredTicks, now);
        }

        _status = status;
    }

    void Log(string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var happened = int.Parse(rest.AsSpan(0, space), CultureInfo.InvariantCulture);
        if (happened == JoinedEvent)
        {
            JoinedAt = TimeProvider.System.GetUtcNow();
        }

        _events.AddOrUpdate(happened, 1, static (_, count) => count + 1);
        _said(this, rest[(space + 1)..]);
    }
}

using System.Diagnostics;
using ActorPool.Budgets.Cluster.Nodes;

namespace ActorPool.Budgets.Cluster.Runs;

/// <summary>The nodes that there are at a time, and the time-line.</summary>
/// <param name="settings">Of the run.</param>
/// <param name="servers">What they connect to.</param>
/// <param name="output">Where the time-line goes.</param>
/// <param name="before">The command that starts a node's program, by the node's name; null: it is started as it is.</param>
sealed class NodeGroup(RunSettings settings, Servers servers, TextWriter output, Func<string, IReadOnlyList<string>>? before = null) : IAsyncDisposable
{
    public const string BudgetName = "orders";

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    readonly long _started = Stopwatch.GetTimestamp();
    readonly Lock _lock = new();
    readonly List<NodeProcess> _all = [];
    readonly List<NodeProcess> _live = [];

    /// <summary>Those that were neither killed nor told to leave; frozen ones are among them.</summary>
    public IReadOnlyList<NodeProcess> Live => _live;

    /// <summary>How many connections the pools of nodes that run have between them.</summary>
    public int Size => _live.Where(static node => !node.IsFrozen).Sum(static node => node.Status.Size);

    public int CutOffs => _all.Sum(static node => node.CutOffs);

    public int TimesFenced => _all.Sum(static node => node.TimesFenced);

    public long Queries => _all.Sum(static node => node.Status.Queries);

    public long Failed => _all.Sum(static node => node.Status.Failed);

    public NodeSettings SettingsOf(string name) => new()
    {
        Name = name,
        Budget = BudgetName,
        Connections = settings.Connections,
        Engine = settings.Engine,
        At = servers.Kind == EngineKind.Nodes
            ? OwnEngine.Current!.Place(name, [.. _live.Where(static node => !node.IsFrozen).Select(static node => node.Name)])
            : servers.Engine,
        Server = servers.CountedByNodes,
        HasFence = settings.HasFence,
    };

    public NodeProcess Start(string name)
    {
        var node = NodeProcess.Start(SettingsOf(name), before?.Invoke(name) ?? [], (from, text) => Say($"    {from.Name}: {text}"));
        _all.Add(node);
        _live.Add(node);
        return node;
    }

    public void Remove(NodeProcess node) => _live.Remove(node);

    /// <summary>Every node but these wants as much as there is.</summary>
    public void StarveAll(int count)
    {
        foreach (var node in _live.Where(static node => !node.IsFrozen))
        {
            node.Churn(count);
        }
    }

    /// <summary>Whether a session's node had closed it by then.</summary>
    public bool HasClosed(CountedSession session, DateTimeOffset by) => _all.Any(node => node.ClientName == session.Client && node.HasClosed(session, by));

    /// <summary>What all know of the book, on the time-line.</summary>
    public async Task LookAsync()
    {
        foreach (var node in _live.Where(static node => !node.IsFrozen))
        {
            node.Look();
        }

        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
    }

    /// <summary>Waits until something is so.</summary>
    /// <returns>For how long; null if it did not come about.</returns>
    public static async Task<TimeSpan?> UntilAsync(Func<bool> isSo, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var since = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                return null;
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(since);
    }

    public void Say(string text)
    {
        lock (_lock)
        {
            output.WriteLine($"{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:0.00} s  {text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _all)
        {
            await node.DisposeAsync();
        }
    }
}

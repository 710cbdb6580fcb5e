using System.Text.Json;
using ActorPool.Budgets.Book;
using ActorPool.Budgets.Simulation.Engine;
using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Checks;

/// <summary>What is free and what is held make the size of the budget, in every state that the engine ever has.</summary>
sealed class BookKept
{
    readonly World _world;
    readonly Dictionary<string, (GrantRecord From, NodeRecord Node)> _read = new(StringComparer.Ordinal);
    bool _hasForgotten;
    bool _isUncertain;
    bool _wasLowered;

    public BookKept(World world)
    {
        _world = world;
        Allowed = world.Options.ForPools(world.Options.Connections);
    }

    /// <summary>The book; null: there is none.</summary>
    public BookRecord? Record { get; private set; }

    /// <summary>The nodes' records.</summary>
    public IReadOnlyList<NodeRecord> Nodes { get; private set; } = [];

    /// <summary>
    /// How many connections all pools may have between them. After the size was lowered it comes down as grants come back, and does not
    /// go up again.
    /// </summary>
    public int Allowed { get; private set; }

    /// <summary>When somebody got grants last.</summary>
    public long TakenAt { get; private set; }

    int Held => Nodes.Sum(static node => node.Held);

    /// <summary>Whether a process has a record that nobody has fenced.</summary>
    public bool Holds(NodeProcess process)
    {
        foreach (var node in Nodes)
        {
            if (string.Equals(node.Client, process.Settings.ClientName, StringComparison.Ordinal))
            {
                return !node.IsFenced;
            }
        }

        return false;
    }

    public void Committed(EngineState before, NodeProcess writer)
    {
        _world.Tally.Commits++;
        var (free, nodes) = (Record?.Free, Nodes);
        var wasReconciling = Record?.IsReconciling;
        Read();
        if (Record is null)
        {
            return;
        }

        if (Record.Free != free)
        {
            _world.Tally.Moves++;
            TakenAt = Nodes.Any(node => node.Held > (nodes.FirstOrDefault(was => was.Client == node.Client)?.Held ?? 0)) ? _world.Now : TakenAt;
        }

        _isUncertain &= !(wasReconciling == true && !Record.IsReconciling);
        if (Record.Free + Held != Record.Max || Record.Nodes != Nodes.Count)
        {
            Fail($"{Record.Free} free and {Held} held by {Nodes.Count} nodes make {Record.Free + Held}, not {Record.Max}; {Record.Nodes} nodes are counted; after {writer.Name}");
        }

        Size();
        if (Record.Free < 0 && !Record.IsReconciling && !_wasLowered && !_hasForgotten)
        {
            Fail($"{Record.Free} are free, and the budget was never lowered; after {writer.Name}");
        }

        if (free is { } freeBefore && wasReconciling == true && Record.IsReconciling && Record.Free < freeBefore && Takes(before, writer))
        {
            Fail($"{writer.Name} took grants while nothing is granted");
        }
    }

    /// <summary>The engine has another state.</summary>
    public void RolledBack()
    {
        _hasForgotten |= _world.Now > 0;
        _isUncertain |= _world.Now > 0;
        Read();
        if (Record is not null)
        {
            Allowed = Math.Max(Allowed, Math.Max(Pools(Record.Max), Pools(Held)));
        }
    }

    void Size()
    {
        var size = Pools(Record!.Max);
        if (size >= Allowed)
        {
            Allowed = size;
        }
        else
        {
            _wasLowered = true;
            if (!_isUncertain && !Record.IsReconciling)
            {
                Allowed = Math.Min(Allowed, Math.Max(size, Pools(Held)));
            }
        }
    }

    // A record that is written as its node had it before is no taking.
    bool Takes(EngineState before, NodeProcess writer) =>
        before.Find(writer.Settings.Key) is { } old && BookJson.ReadNode(old.Value) is { IsFenced: false } was
        && was.Client == writer.Settings.ClientName && !_hasForgotten && Nodes.First(node => node.Client == was.Client).Held > was.Held;

    int Pools(int shareable) => shareable + (_world.Options.OfflineFloor * (_world.Options.MaxNodes ?? 0));

    void Read()
    {
        var nodes = new List<NodeRecord>();
        Record = null;
        foreach (var record in _world.Engine.State.Records)
        {
            if (record.Key == BookKeys.Book)
            {
                Record = JsonSerializer.Deserialize(record.Value, BookJson.Default.BookRecord);
                continue;
            }

            if (!_read.TryGetValue(record.Key, out var read) || !ReferenceEquals(read.From, record))
            {
                _read[record.Key] = read = (record, BookJson.ReadNode(record.Value));
            }

            nodes.Add(read.Node);
        }

        Nodes = nodes;
    }

    void Fail(string message) => _world.Report("BookAddsUp", message);
}

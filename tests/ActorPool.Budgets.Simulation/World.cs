using System.Text.Json;
using ActorPool.Budgets.Book;
using ActorPool.Budgets.Node;
using ActorPool.Budgets.Simulation.Checks;
using ActorPool.Budgets.Simulation.Engine;
using ActorPool.Budgets.Simulation.Nodes;
using ActorPool.Budgets.Simulation.Reporting;
using ActorPool.Budgets.Simulation.Server;
using ActorPool.Budgets.Simulation.Time;

namespace ActorPool.Budgets.Simulation;

/// <summary>Everything there is in one schedule: an engine, a server, machines, time.</summary>
sealed class World
{
    /// <summary>So many processes are paused in the middle of something, one during the pause of the other.</summary>
    const int DepthMax = 3;

    readonly Check[] _checks;
    long _meanwhileUntil = long.MaxValue;
    int _depth;

    public World(Schedule schedule, Trace? trace)
    {
        Schedule = schedule;
        Trace = trace;
        Options = new TrialOptions(schedule);
        Choices = new Choices(schedule.Seed, 1);
        Agenda = new Agenda(new Choices(schedule.Seed, 2));
        Engine = new SimulatedEngine(this);
        Server = new SimulatedServer(this);
        Nodes = [.. Enumerable.Range(0, Options.Nodes).Select(number => new SimulatedNode(this, number))];
        Connections = Options.Connections;
        Requests = new RequestLog(this);
        Book = new BookKept(this);
        Traffic = new LittleTraffic(this);
        _checks = [new WithinBudget(this), new WithinBudgetAtServer(this)];
        trace?.Add(Options.ToString());
        if (Options.HasBook)
        {
            Engine.Begin(BookKeys.Book, JsonSerializer.Serialize(
                new BookRecord { Incarnation = Engine.Incarnation, Epoch = 1, Max = Options.Shareable(Connections), Free = Options.Shareable(Connections) },
                BookJson.Default.BookRecord));
        }
    }

    public Schedule Schedule { get; }

    public Trace? Trace { get; }

    public TrialOptions Options { get; }

    /// <summary>What belongs to no node.</summary>
    public Choices Choices { get; }

    public Agenda Agenda { get; }

    public long Now => Agenda.Now;

    public SimulatedEngine Engine { get; }

    public SimulatedServer Server { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>Every process that there ever was.</summary>
    public List<NodeProcess> Processes { get; } = [];

    /// <summary>The budget, as processes that start now have it.</summary>
    public int Connections { get; set; }

    public RequestLog Requests { get; }

    public BookKept Book { get; }

    public LittleTraffic Traffic { get; }

    public Tally Tally { get; } = new();

    /// <summary>How often something has changed that decides what may be used.</summary>
    public long Changes { get; private set; }

    /// <summary>Whether anything may happen; later the weather clears.</summary>
    public bool IsStormy { get; set; } = true;

    /// <summary>No new node joins before this: an engine was restored that looks as it did before.</summary>
    public long NobodyJoinsUntil { get; set; }

    /// <summary>Nobody is paused before this.</summary>
    public long NobodyPausesUntil { get; set; }

    public Violation? Violation { get; private set; }

    /// <summary>Whether somebody may be paused in the middle of something.</summary>
    public bool MayInterrupt => IsStormy && _depth < DepthMax && Violation is null;

    public void Touch() => Changes++;

    /// <summary>Whether nobody stands in the middle of something.</summary>
    public bool IsAtRest => _depth == 0;

    public void Report(string check, string message)
    {
        if (Violation is null)
        {
            Violation = new Violation(check, message);
            Trace?.Add(this, $"BROKEN: {Violation}");
        }
    }

    public void After(long ticks, NodeProcess? owner, Action run) => Agenda.After(ticks, owner, run);

    /// <summary>Everything that happens until then, or until it is true.</summary>
    public bool Run(long until, Func<bool>? isDone = null)
    {
        while (Violation is null && Agenda.TryTake(until, out var entry))
        {
            if (entry.Owner is { } owner)
            {
                owner.Enter(entry.Run);
            }
            else
            {
                entry.Run();
            }

            foreach (var check in _checks)
            {
                check.AfterStep();
            }

            if (isDone?.Invoke() == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What happens while somebody stands still in the middle of something.</summary>
    public void RunMeanwhile(long ticks)
    {
        var before = _meanwhileUntil;
        _meanwhileUntil = Math.Min(before, Now + ticks);
        _depth++;
        Run(_meanwhileUntil);
        _depth--;
        _meanwhileUntil = before;
    }

    /// <summary>How long a process stands still: often about as long as something else takes. 0: it must not any more.</summary>
    public long PauseTicks(NodeProcess process, Choices choices)
    {
        if (Now < NobodyPausesUntil)
        {
            return 0;
        }

        var about = choices.Next(8) switch
        {
            0 => Options.ClosingTime,
            1 => Options.Lifetime,
            2 => Options.Lifetime + Options.Margin,
            3 or 4 => Options.RenewInterval,
            5 => Options.Lifetime * 2,
            _ => Options.Lifetime / 50,
        };
        return Math.Min(choices.Between(0, about.Ticks * 5 / 4), Math.Min(process.PauseLeft, _meanwhileUntil - Now));
    }

    /// <summary>How long one thread of a process stands still.</summary>
    public long ThreadTicks(Choices choices) => choices.Between(0, choices.OneIn(2) ? Options.Lifetime.Ticks * 3 / 2 : Options.ClosingTime.Ticks);

    /// <summary>A process's options.</summary>
    public AgentSettings SettingsOf(SimulatedNode node, int number, int connections)
    {
        var suffix = (node.Choices.NextUInt32() % 0xFFFFFF) + 1;
        return new AgentSettings(
            "budget",
            node.Name,
            Options.IsNumbered ? $"node/{node.Number}" : $"node/{node.Name}/{suffix:x8}",
            $"budget/{node.Name}/{suffix:x6}{number:x2}")
        {
            Connections = connections,
            MaxNodes = Options.MaxNodes,
            Lifetime = Options.Lifetime,
            Margin = Options.Margin,
            ClosingTime = Options.ClosingTime,
            RenewInterval = Options.RenewInterval,
            RequestTimeout = Options.RequestTimeout,
            PollInterval = Options.PollInterval,
            SettleTime = Options.SettleTime,
            FreezeQuarantine = Options.Quarantine,
            OnDeadline = Options.OnDeadline,
            OfflineFloor = Options.OfflineFloor,
            EngineConnections = Options.EngineConnections,
            HasFence = Options.HasFence,
            IsWatched = Options.IsWatched,
        };
    }

    /// <summary>What was cut off, down or paused is not any more.</summary>
    public void Clear()
    {
        Engine.IsDown = false;
        Server.FenceFails = false;
        foreach (var node in Nodes)
        {
            node.IsCutOff = false;
            node.Process?.Resume();
        }
    }

    /// <summary>The engine has written something.</summary>
    public void Committed(EngineState before, GrantTransaction transaction, NodeProcess writer)
    {
        Book.Committed(before, writer);
        foreach (var key in transaction.Notify)
        {
            foreach (var node in Nodes)
            {
                if (node.Process is { IsAlive: true } process && string.Equals(process.Settings.Key, key, StringComparison.Ordinal))
                {
                    process.Line.Notify();
                }
            }
        }
    }

    /// <summary>The engine has lost writes.</summary>
    public void RolledBack() => Book.RolledBack();

    /// <summary>Whether a process's record is fenced, or not there.</summary>
    public bool IsFenced(NodeProcess process) => !Book.Holds(process);

    /// <summary>Since when a process must not use its grants any more, in words; null if it may.</summary>
    public string? HasPassed(NodeProcess process) => Requests.HasPassed(process);
}

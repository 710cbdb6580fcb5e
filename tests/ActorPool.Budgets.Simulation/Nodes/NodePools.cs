using ActorPool.Budgets.Node;

namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>
/// The pools of a process, as small steps: a lease, an open and a close each are several of them, and much may come between. They follow
/// the rules of the shipped pools: a place is taken first, then the deadline is looked at, then a connection is opened or handed out; what
/// has opened is looked at again; an order to give back is carried out also if it takes a while.
/// </summary>
sealed partial class NodePools(World world, NodeProcess process)
{
    readonly List<SimulatedConnection> _connections = [];
    readonly Queue<AgentEffect.Limit> _orders = new();
    EvictMode? _recall;
    int _numbers;
    long _limits;
    bool _isPumping;

    Choices Choices => process.Choices;

    BudgetDeadline Deadline => process.Agent.Deadline;

    public IReadOnlyList<SimulatedConnection> Connections => _connections;

    /// <summary>How many connections there may be.</summary>
    public int Limit { get; private set; }

    /// <summary>How many there are, those included that are about to be opened, or to be closed.</summary>
    public int Used => _connections.Count;

    /// <summary>How many would be leased if there were enough.</summary>
    public int Demand { get; private set; }

    /// <summary>How many are leased.</summary>
    public int Leased => Count(ConnectionStage.Leased);

    /// <summary>How many may be used, whether they are or not.</summary>
    public int Usable
    {
        get
        {
            var usable = 0;
            foreach (var connection in _connections)
            {
                usable += connection.MayBeUsed ? 1 : 0;
            }

            return usable;
        }
    }

    /// <summary>Callers come, or go.</summary>
    public void SetDemand(int demand)
    {
        Demand = demand;
        Report();
        Pump();
    }

    /// <summary>The agent tells how many there may be. It arrives a moment later.</summary>
    public void Tell(AgentEffect.Limit order)
    {
        _orders.Enqueue(order);
        var longest = Choices.OneIn(4) ? world.Options.ClosingTime.Ticks / 20 : TimeSpan.TicksPerMillisecond / 10;
        world.After(Choices.Between(0, longest), process, TakeOrder);
    }

    /// <summary>The server has ended a connection, and the process notices.</summary>
    public void Lost(SimulatedConnection connection)
    {
        if (connection.Stage is not (ConnectionStage.Gone or ConnectionStage.Checked))
        {
            Remove(connection);
        }
    }

    /// <summary>The process is dead: its connections stay at the server until that notices.</summary>
    public void Abandon()
    {
        foreach (var connection in _connections)
        {
            if (connection.Session is { IsOpen: true } session)
            {
                world.Server.Linger(session);
            }
        }
    }

    void TakeOrder()
    {
        var order = _orders.Dequeue();
        (Limit, _recall) = (order.Total, order.Recall);
        _limits++;
        foreach (var connection in _connections)
        {
            connection.IsDoomed &= connection.Stage is ConnectionStage.Checked or ConnectionStage.Connecting;
        }

        Shrink();
        Report();
        Pump();
    }

    /// <summary>Closes what is above the limit, as far as the last order allows.</summary>
    void Shrink()
    {
        var above = Used - Count(ConnectionStage.Closing) - Limit;
        above -= Doom(above, ConnectionStage.Idle);
        if (_recall is null)
        {
            return;
        }

        above -= Doom(above, ConnectionStage.Checked);
        above -= Doom(above, ConnectionStage.Connecting);
        Doom(above, ConnectionStage.Leased);
    }

    int Doom(int count, ConnectionStage stage)
    {
        var doomed = 0;
        for (var index = _connections.Count - 1; index >= 0 && doomed < count; index--)
        {
            var connection = _connections[index];
            if (connection.Stage != stage)
            {
                continue;
            }

            doomed++;
            connection.IsDoomed = true;
            if (stage == ConnectionStage.Idle || (stage == ConnectionStage.Leased && _recall == EvictMode.Hard))
            {
                Close(connection);
            }
            else if (stage == ConnectionStage.Leased)
            {
                connection.IsKept |= world.Options.OnDeadline == OnDeadline.KeepLeased;
            }
            else if (stage == ConnectionStage.Connecting)
            {
                GiveUp(connection);
            }
        }

        return doomed;
    }

    /// <summary>Tells the agent how things are: some time, and in order.</summary>
    void Report()
    {
        if (!process.IsAlive)
        {
            return;
        }

        var report = (_limits, Used, Demand);
        if (_reports.Count > 1)
        {
            _reports.RemoveLast();
            _reports.AddLast(report);
            return;
        }

        _reports.AddLast(report);
        var longest = Choices.OneIn(8) ? world.Options.ClosingTime.Ticks / 10 : TimeSpan.TicksPerMillisecond / 10;
        world.After(Choices.Between(0, longest), process, Deliver);
    }

    readonly LinkedList<(long Limits, int Used, int Wanted)> _reports = new();

    void Deliver()
    {
        var report = _reports.First!.Value;
        _reports.RemoveFirst();
        process.Do(agent => agent.Used(report.Limits, report.Used, report.Wanted));
    }

    int Count(ConnectionStage stage)
    {
        var count = 0;
        foreach (var connection in _connections)
        {
            count += connection.Stage == stage ? 1 : 0;
        }

        return count;
    }
}

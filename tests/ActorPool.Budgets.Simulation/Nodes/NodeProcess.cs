using ActorPool.Budgets.Node;

namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>
/// One process: the shipped agent, the pools that follow it, and what the driver does between them: it carries the agent's effects out,
/// in order, and wakes it when it wants to be woken. May be paused at every look at a clock and between any two things it does.
/// </summary>
sealed class NodeProcess
{
    readonly World _world;
    readonly List<Action> _heldUp = [];
    readonly EngineLine _line;
    readonly List<(long Until, long Ticks)> _pauses = [];
    long _armedFor = long.MaxValue;
    long _lookAt = long.MaxValue;
    bool _isDraining;
    bool _isInTheMiddle;

    public NodeProcess(World world, SimulatedNode node, int number, int connections)
    {
        _world = world;
        Node = node;
        Name = $"{node.Name}.{number}";
        Settings = world.SettingsOf(node, number, connections);
        node.Clock.Read = null;
        Agent = new GrantAgent(Settings, node.Clock, new NodeRandom(node.Choices));
        Pools = new NodePools(world, this);
        _line = new EngineLine(world, this);
    }

    public SimulatedNode Node { get; }

    public string Name { get; }

    public AgentSettings Settings { get; }

    public GrantAgent Agent { get; }

    public NodePools Pools { get; }

    public Choices Choices => Node.Choices;

    public EngineLine Line => _line;

    /// <summary>Whether it has ended neither by itself nor by others.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How often it has been paused.</summary>
    public int Pauses { get; private set; }

    /// <summary>Whether it was told to leave.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>How often it has joined.</summary>
    public int Joins { get; private set; }

    /// <summary>For how much longer it may be paused: all pauses of the time in which its grants might be waited for count.</summary>
    public long PauseLeft
    {
        get
        {
            var window = (_world.Options.Lifetime + _world.Options.Margin + _world.Options.Quarantine).Ticks * 5 / 4;
            var left = _world.Options.PauseMax.Ticks;
            if (_world.Options.HasFence)
            {
                return left;
            }

            foreach (var (until, ticks) in _pauses)
            {
                left -= until > _world.Now - window ? ticks : 0;
            }

            return Math.Max(0, left);
        }
    }

    public void Touch() => _world.Touch();

    /// <summary>Begins.</summary>
    public void Begin()
    {
        Node.Clock.Read = MayPause;
        Pools.TurnOver();
        Do(static agent => agent.Look());
    }

    /// <summary>Something of its own happens, unless it is dead; later, if it is paused.</summary>
    public void Enter(Action run)
    {
        if (!IsAlive)
        {
            return;
        }

        if (IsPaused)
        {
            _heldUp.Add(run);
            return;
        }

        try
        {
            run();
        }
        catch (ProcessKilledException)
        {
            _isDraining = false;
        }
    }

    /// <summary>The agent is told something, and what it wants is done.</summary>
    public void Do(Action<GrantAgent> tell)
    {
        tell(Agent);
        Drain();
        _lookAt = _world.Now + Node.Clock.TrueTicks(Agent.NextLookIn) + Lateness();
        Arm();
    }

    /// <summary>It leaves, and ends when it has, or when it has waited long enough.</summary>
    public void Leave()
    {
        if (IsLeaving)
        {
            return;
        }

        IsLeaving = true;
        Pools.SetDemand(0);
        Do(static agent => agent.Leave());
    }

    /// <summary>It stands still; what happens to it meanwhile happens when it goes on.</summary>
    public void Pause(long ticks, bool isAsleep)
    {
        _pauses.Add((_world.Now + ticks, ticks));
        _world.Touch();
        IsPaused = true;
        Pauses++;
        _world.Tally.Pauses++;
        if (isAsleep)
        {
            Node.Clock.Sleep();
        }
    }

    /// <summary>It goes on, unless it stands in the middle of something; what has happened to it meanwhile happens now, often in another order.</summary>
    public void Resume()
    {
        if (!IsPaused || _isInTheMiddle)
        {
            return;
        }

        IsPaused = false;
        _world.Touch();
        Node.Clock.Wake();
        if (!IsAlive)
        {
            return;
        }

        var isShuffled = Choices.OneIn(2);
        for (var index = 0; index < _heldUp.Count; index++)
        {
            _world.After(isShuffled ? 0 : index, this, _heldUp[index]);
        }

        _heldUp.Clear();
    }

    /// <summary>It ends, in whatever it is doing. Its connections stay at the server for a while.</summary>
    public void Kill()
    {
        IsAlive = false;
        _world.Touch();
        IsPaused = false;
        Node.Clock.Wake();
        Pools.Abandon();
    }

    /// <summary>It may be paused here, in the middle of what it does; everything else goes on.</summary>
    public void MayPause()
    {
        if (!IsAlive || IsPaused || _world.Options.PauseOdds == 0 || !_world.MayInterrupt || !Choices.OneIn(_world.Options.PauseOdds))
        {
            return;
        }

        var ticks = _world.PauseTicks(this, Choices);
        if (ticks <= 0)
        {
            return;
        }

        _world.Trace?.Add(_world, $"{Name} pauses in the middle of something, for {Show.Ms(ticks)}");
        Pause(ticks, _world.Options.MaySleep && Choices.OneIn(2));
        _isInTheMiddle = true;
        _world.RunMeanwhile(ticks);
        _isInTheMiddle = false;
        if (!IsAlive)
        {
            throw new ProcessKilledException();
        }

        _world.Trace?.Add(_world, $"{Name} goes on");
        Resume();
    }

    void Drain()
    {
        if (_isDraining)
        {
            return;
        }

        _isDraining = true;
        while (Agent.TryTakeEffect(out var effect))
        {
            MayPause();
            Carry(effect!);
        }

        _isDraining = false;
        if (Agent.HasLeft && IsAlive)
        {
            _world.Trace?.Add(_world, $"{Name} has left");
            Kill();
        }
    }

    void Carry(AgentEffect effect)
    {
        switch (effect)
        {
            case AgentEffect.Send send:
                _line.Send(send);
                break;
            case AgentEffect.Limit limit:
                _world.Trace?.Add(_world, $"{Name} limit {limit.Total} {limit.Recall?.ToString() ?? "asked"}");
                Pools.Tell(limit);
                break;
            case AgentEffect.Fence fence:
                _world.Trace?.Add(_world, $"{Name} fences {fence.ClientName}");
                var fenced = fence.ClientName;
                _line.Fence(fence.Id, client => string.Equals(client, fenced, StringComparison.Ordinal));
                break;
            case AgentEffect.FenceOthers others:
                _world.Trace?.Add(_world, $"{Name} fences all but {string.Join(' ', others.Known)}");
                var known = others.Known;
                _line.Fence(others.Id, client => !known.Contains(client));
                break;
            case AgentEffect.Tell tell:
                Joins += tell.What.Kind == AgentNewsKind.Joined ? 1 : 0;
                _world.Tally.News[(int)tell.What.Kind]++;
                _world.Trace?.Add(_world, $"{Name} says {tell.What.Kind} {tell.What.Node} {tell.What.Count} {tell.What.Text}");
                break;
            default:
                _world.Report("EffectsAreKnown", $"{Name}: {effect.GetType().Name}");
                break;
        }
    }

    void Arm()
    {
        if (_lookAt >= _armedFor || !IsAlive)
        {
            return;
        }

        _armedFor = _lookAt;
        _world.After(_armedFor - _world.Now, this, Wake);
    }

    void Wake()
    {
        _armedFor = long.MaxValue;
        if (_lookAt > _world.Now)
        {
            Arm();
            return;
        }

        Do(static agent => agent.Look());
    }

    // A timer is late, but not so late that nothing could be closed in time; a pause is another matter.
    long Lateness() => Choices.OneIn(4) ? Choices.Between(0, _world.Options.ClosingTime.Ticks / 20) : 0;
}

using ActorPool.Budgets.Simulation.Checks;
using ActorPool.Budgets.Simulation.Incidents;
using ActorPool.Budgets.Simulation.Nodes;
using ActorPool.Budgets.Simulation.Reporting;

namespace ActorPool.Budgets.Simulation;

/// <summary>
/// One schedule, from beginning to end: anything happens for a while; then the weather clears, and everybody must get a share; then
/// nothing may move; then all leave, and nothing may be left.
/// </summary>
sealed class Trial
{
    /// <summary>The streams of incidents begin here.</summary>
    const ulong FirstIncident = 1_000_000;

    const long MomentTicks = TimeSpan.TicksPerSecond / 10;

    readonly Schedule _schedule;
    readonly World _world;
    readonly Choices _choices;
    readonly SharesAreFair _fair;

    public Trial(Schedule schedule, Trace? trace = null)
    {
        _schedule = schedule;
        _world = new World(schedule, trace);
        _choices = new Choices(schedule.Seed, 3);
        _fair = new SharesAreFair(_world);
        Incidents = 6 + _choices.Next(18);
    }

    /// <summary>How many incidents there are at most.</summary>
    public int Incidents { get; }

    /// <summary>How many things have happened.</summary>
    public int Steps => _world.Agenda.Steps;

    public Tally Tally => _world.Tally;

    /// <summary>Lives it. Null if every promise was kept.</summary>
    public Violation? Run()
    {
#pragma warning disable CA1031 // whatever is thrown was thrown at somebody who cannot do anything about it
        try
        {
            foreach (var part in (Action[])[Storm, Clear, Recover, Rest, End])
            {
                if (_world.Violation is null)
                {
                    part();
                }
            }
        }
        catch (Exception error)
        {
            _world.Report("NothingThrows", $"{error.GetType().Name}: {error.Message}");
            _world.Trace?.Add(error.ToString());
        }
#pragma warning restore CA1031

        if (_world is { Violation: not null, Trace: { } trace })
        {
            Show(trace);
        }

        return _world.Violation;
    }

    TimeSpan Silence => _world.Options.Lifetime + _world.Options.Margin;

    void Storm()
    {
        var length = (_world.Options.Lifetime * (2 + _choices.Next(4))) + _world.Options.Margin;
        var first = new NodeStarts();
        foreach (var node in _world.Nodes)
        {
            if (node.Number == 0 || !_choices.OneIn(4))
            {
                _world.After(_choices.Between(0, _world.Options.Lifetime.Ticks / 10), null, () => first.TryHappen(_world, node.Choices));
            }
        }

        for (var number = 1; number <= Incidents; number++)
        {
            if (_schedule.Incidents is { } some && !some.Contains(number))
            {
                continue;
            }

            var choices = new Choices(_schedule.Seed, FirstIncident + (ulong)number);
            var at = choices.Between(0, length.Ticks);
            var incident = IncidentList.Draw(choices);
            var which = number;
            _world.After(at, null, () =>
            {
                if (_world.IsStormy)
                {
                    _world.Trace?.Add(_world, $"incident {which}: {incident.Name}");
                    if (incident.TryHappen(_world, choices))
                    {
                        _world.Tally.Happened(incident.Name);
                    }
                }
            });
        }

        _world.Run(length.Ticks);
    }

    /// <summary>Everything is well again, and everybody wants something.</summary>
    void Clear()
    {
        _world.Trace?.Add(_world, "the weather clears");
        _world.IsStormy = false;
        _world.Clear();
        foreach (var node in _world.Nodes)
        {
            if (node.Process is { IsAlive: true, IsLeaving: false } process)
            {
                var demand = DemandChanges.Draw(_world, _choices);
                _world.Trace?.Add(_world, $"{process.Name} wants {demand}");
                _world.After(0, process, () => process.Pools.SetDemand(demand));
            }
        }

    }

    /// <summary>Whoever wants grants gets its share, and nothing of the dead is kept.</summary>
    void Recover()
    {
        var options = _world.Options;
        var bound = (3 * Silence) + options.Quarantine + (12 * options.RenewInterval) + (4 * options.SettleTime) + TimeSpan.FromSeconds(20);
        var until = Math.Max(_world.Now, _world.NobodyJoinsUntil) + (bound.Ticks * 5 / 4);
        // Everybody has heard of it.
        _world.Run(_world.Now + ((2 * options.RenewInterval) + options.RequestTimeout + options.SettleTime).Ticks);
        while (_world.Violation is null && _fair.What() is { } lacks)
        {
            if (!_world.Nodes.Any(static node => node.Process is { IsAlive: true }))
            {
                // Somebody has to clear up after the dead.
                new NodeStarts().TryHappen(_world, _choices);
            }

            if (_world.Now >= until)
            {
                _world.Report("Progress", $"{Simulation.Show.Ms(bound.Ticks)} after the weather has cleared {lacks}");
            }

            _world.Run(_world.Now + (options.RenewInterval.Ticks / 4));
        }
    }

    /// <summary>Nothing moves, and the engine is asked little.</summary>
    void Rest()
    {
        var options = _world.Options;
        _world.Run(_world.Now + (options.SettleTime + (2 * options.RenewInterval) + TimeSpan.FromSeconds(1)).Ticks);
        var since = _world.Now;
        _world.Traffic.Begin();
        _world.Run(_world.Now + Math.Max(options.Lifetime.Ticks, 3 * options.RenewInterval.Ticks));
        _world.Traffic.EndOfQuiet();
        if (_world.Violation is null && _world.Book.TakenAt > since)
        {
            _world.Report("NoPingPong", $"grants were taken {Simulation.Show.Ms(_world.Book.TakenAt - since)} after everybody had what he wanted, and wanted nothing else");
        }

        if (_fair.What() is not null)
        {
            // Leases come and go.
            _world.Run(_world.Now + MomentTicks, () => _fair.What() is null);
        }

        if (_world.Violation is null && _fair.What() is { } lacks)
        {
            _world.Report("NoPingPong", $"all was well, and then {lacks}");
        }
    }

    /// <summary>All leave, and nothing is left of them.</summary>
    void End()
    {
        _world.Trace?.Add(_world, "all leave");
        foreach (var node in _world.Nodes)
        {
            if (node.Process is { IsAlive: true } process)
            {
                _world.After(_choices.Between(0, TimeSpan.TicksPerSecond), process, process.Leave);
            }
        }

        var until = _world.Now + (2 * Silence).Ticks + (20 * TimeSpan.TicksPerSecond);
        _world.Run(until, () => _world.Nodes.All(static node => node.Process is not { IsAlive: true }));
        var left = _world.Nodes.Where(static node => node.Process is { IsAlive: true }).Select(static node => node.Process!.Name).ToList();
        if (_world.Violation is not null)
        {
            return;
        }

        if (left.Count > 0)
        {
            _world.Report("NothingLeft", $"{string.Join(' ', left)} cannot leave");
        }
        else if (_world.Book is { Record: { } book } kept && (kept.Nodes.Any(static node => !node.IsAdrift) || book.Free != book.Max))
        {
            _world.Report("NothingLeft", $"all have left, and {kept.Nodes.Count} nodes have {book.Max - book.Free} grants");
        }
        else if (_world.Server.Sessions.Count > 0)
        {
            _world.Report("NothingLeft", $"all have left, and the server has {_world.Server.Sessions.Count} connections of {string.Join(' ', _world.Server.Sessions.Select(static session => session.Connection))}");
        }
    }

    /// <summary>How it ended.</summary>
    void Show(Trace trace)
    {
        foreach (var record in _world.Engine.State.Records)
        {
            trace.Add($"engine: {record.Key} = {record.Value}, version {record.Version}");
        }

        foreach (var node in _world.Nodes)
        {
            if (node.Process is { IsAlive: true } process)
            {
                trace.Add($"{process.Name}: limit {process.Pools.Limit}, used {process.Pools.Used}, leased {process.Pools.Leased}, usable {process.Pools.Usable}, wants {process.Pools.Demand}{(process.IsPaused ? ", paused" : "")}{(process.IsLeaving ? ", leaving" : "")}");
            }
        }
    }
}

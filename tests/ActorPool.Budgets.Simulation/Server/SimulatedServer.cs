using ActorPool.Budgets.Simulation.Nodes;

namespace ActorPool.Budgets.Simulation.Server;

/// <summary>The server whose connections are counted.</summary>
sealed class SimulatedServer(World world)
{
    readonly List<Session> _sessions = [];

    /// <summary>Every connection that it has.</summary>
    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>Connections that count: all but those that came too late and are on their way out.</summary>
    public int Counted { get; private set; }

    /// <summary>Whether it ends nobody's sessions for now.</summary>
    public bool FenceFails { get; set; }

    /// <summary>Somebody connects.</summary>
    public void Open(SimulatedConnection connection)
    {
        var session = new Session(connection) { IsLate = world.IsFenced(connection.Process) };
        connection.Session = session;
        _sessions.Add(session);
        if (session.IsLate)
        {
            world.Tally.LateOpens++;
            world.Trace?.Add(world, $"{connection} arrives at the server, after its node was fenced");
        }
        else
        {
            Counted++;
        }

        if (!connection.Process.IsAlive)
        {
            Linger(session);
        }
    }

    /// <summary>Its process has looked at its deadline again, and keeps it.</summary>
    public void Confirm(Session session)
    {
        if (session is { IsLate: true, IsOpen: true })
        {
            session.IsLate = false;
            Counted++;
        }
    }

    public void Close(Session session)
    {
        if (!session.IsOpen)
        {
            return;
        }

        session.IsOpen = false;
        world.Touch();
        _sessions.Remove(session);
        Counted -= session.IsLate ? 0 : 1;
    }

    /// <summary>Its process is dead, which the server finds out some time.</summary>
    public void Linger(Session session)
    {
        var choices = session.Connection.Process.Choices;
        var longest = choices.OneIn(2) ? TimeSpan.TicksPerMillisecond : 3 * world.Options.Lifetime.Ticks;
        world.After(choices.Between(0, longest), null, () => Close(session));
    }

    /// <summary>Ends the sessions of some, and counts those that are still there.</summary>
    public int End(Func<string, bool> isMeant)
    {
        var left = 0;
        foreach (var session in _sessions.Where(session => isMeant(session.ClientName)).ToList())
        {
            // Some take their time, and are counted.
            if (world.Choices.OneIn(3) && world.IsStormy)
            {
                left++;
                world.After(world.Choices.Between(0, world.Options.Lifetime.Ticks / 4), null, () => EndOne(session));
            }
            else
            {
                EndOne(session);
            }
        }

        return left;
    }

    void EndOne(Session session)
    {
        if (session.IsOpen)
        {
            Close(session);
            var process = session.Connection.Process;
            world.After(process.Choices.Between(0, 20 * TimeSpan.TicksPerMillisecond), process, () => process.Pools.Lost(session.Connection));
        }
    }
}

using ActorPool.Budgets.Simulation.Time;

namespace ActorPool.Budgets.Simulation.Nodes;

/// <summary>A machine, on which one process after the other runs.</summary>
sealed class SimulatedNode
{
    readonly World _world;
    int _processes;

    public SimulatedNode(World world, int number)
    {
        _world = world;
        Number = number;
        Choices = new Choices(world.Schedule.Seed, 1_000 + (ulong)number);
        var drift = world.Options.DriftPpm;
        var ppm = Choices.Next(4) switch { 0 => drift, 1 => -drift, _ => (int)Choices.Between(-drift, drift) };
        Clock = new NodeClock(world.Agenda, ppm, Choices.Between(0, TimeSpan.TicksPerDay));
    }

    public int Number { get; }

    public string Name => $"n{Number}";

    public Choices Choices { get; }

    public NodeClock Clock { get; }

    /// <summary>What runs on it; null if nothing does.</summary>
    public NodeProcess? Process { get; private set; }

    /// <summary>Whether nothing comes through between it and the engine.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether it has a process that can be paused, killed, told.</summary>
    public bool IsRunning => Process is { IsAlive: true, IsPaused: false };

    /// <summary>Starts a process.</summary>
    public NodeProcess Start(int connections)
    {
        Process = new NodeProcess(_world, this, ++_processes, connections);
        _world.Processes.Add(Process);
        return Process;
    }
}

namespace ActorPool.Simulation.Network;

/// <summary>What pools connect to.</summary>
sealed class SimulatedServer(string name)
{
    public string Name { get; } = name;

    public Condition Condition { get; set; }

    /// <summary>How many connections it takes while it is <see cref="Condition.Full"/>.</summary>
    public int Limit { get; set; }

    /// <summary>What it is among its replicas.</summary>
    public ReplicaRole Role { get; set; }

    /// <summary>Those it knows or has known; the dead ones are dropped now and then.</summary>
    public List<SimulatedConnection> Connections { get; } = [];

    public override string ToString() => Name;
}

namespace ActorPool.Simulation.Network;

/// <summary>A connection, with what is true of it, whatever either end believes.</summary>
sealed class SimulatedConnection(OpenContext context, SimulatedServer server)
{
    public long Id { get; } = context.ConnectionId;

    public OpenContext Context { get; } = context;

    public SimulatedServer Server { get; } = server;

    /// <summary>Where it is in its life.</summary>
    public Stage Stage { get; set; }

    /// <summary>Whether the server no longer knows it.</summary>
    public bool IsDead { get; set; }

    /// <summary>Whether this end could know that it is dead. A half-open one is dead and looks alive.</summary>
    public bool LooksDead { get; set; }

    /// <summary>Whether it has told the pool that it must not be handed out again.</summary>
    public bool IsCondemned { get; private set; }

    /// <summary>Whether its last holder left something behind.</summary>
    public bool IsDirty { get; set; }

    /// <summary>What the connector is doing with it.</summary>
    public OperationKind? Busy { get; set; }

    /// <summary>Whether it is being given to a pool or taken from one at this moment, so that it may be either's.</summary>
    public bool ChangesHands { get; set; }

    /// <summary>How often it was asked for its server's role: first when it was new, then under a lease.</summary>
    public int RoleQuestions { get; set; }

    /// <summary>How often the pool has closed it.</summary>
    public int Closes { get; set; }

    /// <summary>It tells the pool that it must not be handed out again.</summary>
    public void Condemn(Exception reason)
    {
        IsCondemned = true;
        Context.Condemn(reason);
    }

    public override string ToString() => $"connection {Id} at {Server}";
}

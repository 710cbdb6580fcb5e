namespace ActorPool.Budgets.Cluster.Nodes;

/// <summary>What a node's process is started with.</summary>
sealed record NodeSettings
{
    public required string Name { get; init; }

    public required string Budget { get; init; }

    /// <summary>How many connections all nodes may have.</summary>
    public required int Connections { get; init; }

    public required EngineKind Engine { get; init; }

    /// <summary>Where the engine is: a connection string, the members' addresses with commas between them, or what <see cref="OwnEngine.Place"/> says.</summary>
    public required string At { get; init; }

    /// <summary>The connection string of the PostgreSQL whose connections are counted.</summary>
    public required string Server { get; init; }

    public required bool HasFence { get; init; }

    /// <summary>As what is set aside for the engine's connections needs it.</summary>
    public const int NodesMax = 6;

    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);

    public static TimeSpan Margin { get; } = TimeSpan.FromMilliseconds(500);

    public static TimeSpan Closing { get; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Where there is no fence.</summary>
    public static TimeSpan Quarantine { get; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a node renews; give or take a tenth.</summary>
    public static TimeSpan Renewal { get; } = Lifetime / 3;

    /// <summary>A process without a driver ends by itself after that.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromMinutes(10);

    public int EngineConnections => Engine == EngineKind.Same ? 1 : 0;

    /// <summary>What the nodes' pools may have between them.</summary>
    public int Shareable => Connections - (EngineConnections * NodesMax);

    public IEnumerable<string> ToArguments() =>
    [
        "node", "--name", Name, "--budget", Budget, "--connections", $"{Connections}", "--engine", $"{Engine}", "--at", At, "--server", Server,
        "--fence", $"{HasFence}",
    ];

    public ClusterBudgetOptions ToOptions() => new()
    {
        Name = Budget,
        NodeName = Name,
        Connections = Connections,
        MaxNodes = NodesMax,
        Lifetime = Lifetime,
        Margin = Margin,
        ClosingTime = Closing,
        FreezeQuarantine = Quarantine,
        EngineConnections = EngineConnections,
    };

    /// <summary>The engine, and what confirms that connections are gone, if wanted.</summary>
    public NodeEngine Connect(PoolRuntime runtime)
    {
        switch (Engine)
        {
            case EngineKind.Nodes:
                return OwnEngine.Current!.Connect(this, runtime);
            case EngineKind.Etcd:
                return new(new EtcdGrantStore(new EtcdGrantStoreOptions { Endpoints = At.Split(',') }, runtime), Fence(runtime));
            default:
                var store = new PostgresGrantStore(new PostgresGrantStoreOptions { ConnectionString = At }, runtime);
                return new(store, HasFence && Engine == EngineKind.Same ? new PostgresGrantFence(store, runtime) : Fence(runtime));
        }
    }

    /// <summary>A fence at the server that is counted, if wanted.</summary>
    public IGrantFence? Fence(PoolRuntime runtime) => HasFence ? new PostgresGrantFence(Server, runtime) : null;
}

using ActorPool.Budgets.Options;

namespace ActorPool.Budgets.Node;

/// <summary><see cref="ClusterBudgetOptions"/>, resolved.</summary>
/// <param name="Budget">The budget's name.</param>
/// <param name="NodeName">The node's name.</param>
/// <param name="Key">The key of the node's record.</param>
/// <param name="ClientName">What the node's connections call themselves; differs with every process.</param>
sealed record AgentSettings(string Budget, string NodeName, string Key, string ClientName)
{
    public required int Connections { get; init; }

    public required int? MaxNodes { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public required TimeSpan Margin { get; init; }

    public required TimeSpan ClosingTime { get; init; }

    public required TimeSpan RenewInterval { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan PollInterval { get; init; }

    public required TimeSpan SettleTime { get; init; }

    public required TimeSpan FreezeQuarantine { get; init; }

    public required OnDeadline OnDeadline { get; init; }

    public required int OfflineFloor { get; init; }

    public required int EngineConnections { get; init; }

    /// <summary>Whether there is a fence to ask.</summary>
    public required bool HasFence { get; init; }

    /// <summary>Whether the engine tells of changes; if not, the node looks every <see cref="PollInterval"/>.</summary>
    public bool IsWatched { get; init; } = true;

    /// <summary>What the book has to share out: without what is set aside for floors and for the engine.</summary>
    public int Shareable => Connections - ((OfflineFloor + EngineConnections) * (MaxNodes ?? 0));

    /// <summary>Resolves options.</summary>
    /// <param name="options">The options; later changes have no effect.</param>
    /// <param name="random">Where the digits come from that tell this process from others.</param>
    /// <param name="hasFence">Whether there is a fence to ask.</param>
    /// <exception cref="ArgumentException">The options are out of range or contradict each other: all problems are listed, one on each line.</exception>
    public static AgentSettings From(ClusterBudgetOptions options, IRandomSource random, bool hasFence)
    {
        BudgetOptionsValidator.Validate(options);
        var node = NodeIdentity.Of(options, random);
        return new AgentSettings(options.Name, node.Name, node.Key, node.ClientName)
        {
            Connections = options.Connections,
            MaxNodes = options.MaxNodes,
            Lifetime = options.Lifetime,
            Margin = options.Margin,
            ClosingTime = options.ClosingTime,
            RenewInterval = options.RenewEvery(),
            RequestTimeout = options.RequestWithin(),
            PollInterval = options.PollInterval,
            SettleTime = options.SettleTime,
            FreezeQuarantine = options.FreezeQuarantine,
            OnDeadline = options.OnDeadline,
            OfflineFloor = options.OfflineFloor,
            EngineConnections = options.EngineConnections,
            HasFence = hasFence,
        };
    }
}

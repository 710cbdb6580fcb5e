namespace ActorPool.Hosting.Tests.Budgeting;

/// <summary>A budget that shares as one of a single process does, and says of itself what it is told to.</summary>
sealed class ScriptedBudget(string name, PoolRuntime runtime) : IClusterBudget, IAsyncDisposable
{
    readonly ConnectionBudget _pools = new(10, runtime);

    public string Name => name;

    public ClusterBudgetSnapshot Now { get; set; } = new()
    {
        Name = name,
        Node = "web-1",
        State = ClusterBudgetState.Active,
        Connections = 200,
        Free = 31,
        Held = 12,
        Wanted = 15,
        Used = 9,
        DeadlineIn = TimeSpan.FromSeconds(6.5),
        RenewedAgo = TimeSpan.FromSeconds(3.5),
        Renewals = 100,
        RenewalsFailed = 0,
        Fences = 0,
        IsReconciling = false,
        Nodes = [],
    };

    /// <summary>How many pools were open when it was left; null if it has not been.</summary>
    public int? LeftWith { get; private set; }

    public ClusterBudgetSnapshot Snapshot(bool lookAtNodes = true) => Now;

    public IBudgetShare Join(string poolName, IBudgetMember member) => _pools.Join(poolName, member);

    public ValueTask DisposeAsync()
    {
        LeftWith ??= runtime.Pools.Count;
        return default;
    }
}

namespace ActorPool.Dashboard.Tests.Hosting;

/// <summary>A budget that shares as one of a single process does, and says of itself and of other nodes what it is told to.</summary>
sealed class ScriptedBudget(string name, PoolRuntime runtime) : IClusterBudget
{
    readonly ConnectionBudget _pools = new(10, runtime);

    public string Name => name;

    /// <summary>What is thrown in place of an answer; null for none.</summary>
    public Exception? Error { get; set; }

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
        DeadlineIn = TimeSpan.FromSeconds(6.8),
        Renewals = 100,
        RenewalsFailed = 3,
        Fences = 1,
        IsReconciling = false,
        Nodes =
        [
            new("web-1", $"{name}/web-1/00000001", 12, 15, IsThis: true, IsFenced: false, SilentFor: null),
            new("web-2", $"{name}/web-2/00000002", 150, 180, IsThis: false, IsFenced: false, SilentFor: TimeSpan.FromSeconds(2)),
            new("web-3", $"{name}/web-3/00000003", 7, 0, IsThis: false, IsFenced: true, SilentFor: TimeSpan.FromSeconds(14)),
        ],
    };

    public ClusterBudgetSnapshot Snapshot(bool lookAtNodes = true) => Error is null ? Now : throw Error;

    public IBudgetShare Join(string poolName, IBudgetMember member) => _pools.Join(poolName, member);
}

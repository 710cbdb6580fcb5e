using ActorPool.TestKit;

namespace ActorPool.Budgets.Tests;

/// <summary>One machine of a cluster: a budget, a pool and the connections that it has at the server.</summary>
sealed class TestNode
{
    public TestNode(VirtualRuntime world, IGrantStore engine, string name, Action<ClusterBudgetOptions>? configure, IGrantFence? fence)
    {
        Store = new CutStore(engine);
        var options = new ClusterBudgetOptions { Name = "orders", NodeName = name, Connections = 10 };
        configure?.Invoke(options);
        Budget = new ClusterBudget(options, Store, fence, world.Runtime);
        Pool = ConnectionPool.Create(
            Connector,
            new PoolOptions { Name = name, MaxSize = Math.Max(20, options.Connections), LifetimeJitter = 0, ReconnectBackoff = { Jitter = false }, AcquireTimeout = TimeSpan.FromHours(1), Budget = Budget },
            world.Runtime);
    }

    public CutStore Store { get; }

    public ClusterBudget Budget { get; }

    public ScriptedConnector<ScriptedConnection> Connector { get; } = ScriptedConnection.Connector();

    public ConnectionPool<ScriptedConnection> Pool { get; }

    /// <summary>Connections at the server.</summary>
    public int Size => Connector.Open.Count;

    public ClusterBudgetSnapshot View => Budget.Snapshot();
}

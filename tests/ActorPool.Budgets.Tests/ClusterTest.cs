using ActorPool.TestKit;

namespace ActorPool.Budgets.Tests;

/// <summary>Several nodes on one engine, in memory if not another one, on virtual time.</summary>
public abstract class ClusterTest(IGrantStore engine) : IAsyncDisposable
{
    readonly List<TestNode> _nodes = [];

    protected ClusterTest()
        : this(new InMemoryGrantStore())
    {
    }

    protected VirtualRuntime World { get; } = new();

    protected IGrantStore Engine { get; } = engine;

    /// <summary>Connections of all nodes at the server.</summary>
    protected int Size => _nodes.Sum(static node => node.Size);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Store.IsCut = node.Store.LosesAnswers = false;
            node.Connector.ReleaseHung();
            World.Advance(TimeSpan.FromSeconds(1));
            var drained = node.Pool.DrainAsync(TimeSpan.Zero);
            World.Advance(TimeSpan.FromMinutes(1));
            await drained;
            Assert.Empty(node.Connector.Violations);
        }

        await Engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A node of a budget of ten connections.</summary>
    private protected TestNode Join(string name, Action<ClusterBudgetOptions>? configure = null, IGrantFence? fence = null)
    {
        var node = new TestNode(World, Engine, name, configure, fence);
        _nodes.Add(node);
        World.Run();
        return node;
    }

    /// <summary>A node of a budget whose book is older than a lifetime.</summary>
    private protected TestNode Found(string name, Action<ClusterBudgetOptions>? configure = null, IGrantFence? fence = null)
    {
        var node = Join(name, configure, fence);
        World.RunUntil(() => node.View is { IsReconciling: false, Free: not null });
        return node;
    }

    /// <summary>Leases so many, as soon as there are connections.</summary>
    private protected List<Task<Lease<ScriptedConnection>>> Acquire(TestNode node, int count)
    {
        var acquires = Enumerable.Range(0, count).Select(_ => node.Pool.AcquireAsync().AsTask()).ToList();
        World.Run();
        return acquires;
    }

    private protected static int Got(IEnumerable<Task<Lease<ScriptedConnection>>> acquires) => acquires.Count(static acquire => acquire.IsCompletedSuccessfully);

    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

using ActorPool.Budgets.Node;

namespace ActorPool.Budgets;

/// <summary>
/// One budget of connections over many machines. Each process makes one, with the same <see cref="ClusterBudgetOptions.Name"/> on the
/// same engine, and gives it to its pools as <see cref="PoolOptions.Budget"/>. What is promised, and what is not, is on the page
/// <c>PROMISES.md</c>. All members may be called from any thread.
/// </summary>
public sealed class ClusterBudget : IClusterBudget, IAsyncDisposable, IDisposable
{
    readonly ConnectionBudget _pools;
    readonly AgentRunner _runner;
    readonly IGrantStore _store;
    bool _isDisposed;

    /// <summary>Makes one, and begins to join at once, in the background. Never blocks.</summary>
    /// <param name="options">The budget. Copied: later changes have no effect.</param>
    /// <param name="store">The engine; disposed with the budget.</param>
    /// <param name="fence">Confirms that a silent node's connections are gone; null: <see cref="ClusterBudgetOptions.FreezeQuarantine"/> is waited for. Not disposed.</param>
    /// <param name="runtime">Time, threads, randomness and logs; null is <see cref="PoolRuntime.Default"/>. As that of its pools.</param>
    /// <exception cref="ArgumentException">Options are out of range or contradict each other: all problems are listed.</exception>
    public ClusterBudget(ClusterBudgetOptions options, IGrantStore store, IGrantFence? fence = null, PoolRuntime? runtime = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        runtime ??= PoolRuntime.Default;
        var settings = AgentSettings.From(options, runtime.Random, hasFence: fence is not null);
        Name = settings.Budget;
        ClientName = settings.ClientName;
        _store = store;
        _pools = new ConnectionBudget(0, runtime);
        _runner = new AgentRunner(settings, _pools, store, fence, runtime);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>
    /// What this process's connections must call themselves at the server if there is a fence: <c>budget/node/8 hex digits</c>, at most 58
    /// characters. PostgreSQL's <c>application_name</c>, Redis's <c>CLIENT SETNAME</c>. Another one with every process.
    /// </summary>
    public string ClientName { get; }

    /// <inheritdoc/>
    public BudgetDeadline Deadline => _runner.Deadline;

    /// <summary>Waits until this node has joined: from then on its pools get connections.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The budget was disposed before it had joined.</exception>
    public Task WaitUntilJoinedAsync(CancellationToken cancellationToken = default) => _runner.Joined.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public IBudgetShare Join(string poolName, IBudgetMember member) => _pools.Join(poolName, member);

    /// <inheritdoc/>
    public ClusterBudgetSnapshot Snapshot(bool lookAtNodes = true) => _runner.View(lookAtNodes);

    /// <summary>
    /// Leaves: closes the pools' connections if they still have any, and gives the grants back. Waits for that
    /// <see cref="ClusterBudgetOptions.ClosingTime"/> and <see cref="ClusterBudgetOptions.RequestTimeout"/> at most; if the engine does not answer
    /// by then, the others find out by themselves. Drain the pools first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            await _runner.DisposeAsync().ConfigureAwait(false);
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Begins to leave, and waits for nothing: for containers that are disposed of without waiting.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();
}

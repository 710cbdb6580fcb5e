namespace ActorPool.Benchmarks.Candidates;

/// <summary>
/// This project, with its default options: first come first served, 15 s of patience, cancellation.
/// </summary>
readonly struct ActorPoolCandidate : ICandidate<Lease<IdleConnection>>
{
    readonly ConnectionPool<IdleConnection> _pool;

    ActorPoolCandidate(ConnectionPool<IdleConnection> pool) => _pool = pool;

    public static ValueTask<ActorPoolCandidate> OpenAsync(int size) => OpenAsync(size, runtime: null);

    public static async ValueTask<ActorPoolCandidate> OpenAsync(int size, PoolRuntime? runtime, IConnectionBudget? budget = null) =>
        new(await OpenPoolAsync(size, runtime, budget));

    /// <summary>A pool whose connections are all open.</summary>
    public static async ValueTask<ConnectionPool<IdleConnection>> OpenPoolAsync(int size, PoolRuntime? runtime = null, IConnectionBudget? budget = null)
    {
        var connector = Connector.Create(static (_, _) => new ValueTask<IdleConnection>(new IdleConnection()));
        var pool = ConnectionPool.Create(connector, new PoolOptions { MinSize = size, MaxSize = size, Budget = budget }, runtime);
        await Opened.WaitAsync(pool, size);
        return pool;
    }

    public ValueTask<Lease<IdleConnection>> AcquireAsync() => _pool.AcquireAsync();

    public void Release(Lease<IdleConnection> lease) => lease.Dispose();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
